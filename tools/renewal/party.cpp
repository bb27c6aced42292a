// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/party.hpp"

#include "tools/issue/certificate.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/document/errors.hpp"
#include "tools/p12/key_health.hpp"

namespace acredita::renewal {
namespace {

using letter::document_errc;

Result<Bytes> spki_of(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    const p12::Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(der);
    if (size <= 0) return fail(document_errc::bad_value, "spki");
    return copy({der, static_cast<std::size_t>(size)});
}

} // namespace

Result<Party> party_of(ByteView der) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    ACREDITA_TRY(certificate, p12::load_certificate(*crypto, der));
    ACREDITA_TRY(told, p12::describe_certificate(certificate.get(), der));
    ACREDITA_TRY(summary, issue::summarise(der, issue::Clock::now()));
    const auto nif = p12::nif_of(certificate.get());
    if (!nif) return fail(document_errc::no_identity);
    ACREDITA_TRY(spki, spki_of(certificate.get()));
    const auto* key = X509_get0_pubkey(certificate.get());
    return Party{.name = summary.holder,
                 .nif = *nif,
                 .key = {.spki = std::move(spki),
                         .algorithm = summary.key,
                         .bits = key != nullptr ? static_cast<unsigned>(EVP_PKEY_get_bits(key)) : 0U,
                         .serial = summary.serial,
                         .not_after = summary.not_after.substr(0, 10)},
                 .not_before = told.not_before,
                 .not_after = told.not_after,
                 .sha256 = summary.fingerprint};
}

Result<letter::KeyFacts> key_of(ByteView spki) {
    const auto* at = spki.data();
    const p12::KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
    if (!key) return fail(document_errc::bad_value, "spki");
    const auto bits = static_cast<unsigned>(EVP_PKEY_get_bits(key.get()));
    const bool rsa = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA;
    return letter::KeyFacts{.spki = copy(spki),
                            .algorithm = (rsa ? "RSA " : "EC ") + std::to_string(bits),
                            .bits = bits,
                            .serial = {},
                            .not_after = {}};
}

Result<Bytes> fingerprint(ByteView spki) { return letter::digest_of(EVP_sha256(), spki); }

Result<void> check_renews(const Party& old, const Party& renewed) {
    if (old.sha256 == renewed.sha256) return fail(renewal_errc::old_certificate);
    if (old.key.spki == renewed.key.spki) return fail(document_errc::same_key);
    if (old.nif != renewed.nif) return fail(renewal_errc::other_person);
    if (renewed.not_after <= old.not_after) return fail(renewal_errc::not_newer, renewed.key.not_after);
    const auto* at = renewed.key.spki.data();
    const p12::KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(renewed.key.spki.size())));
    if (!key) return fail(renewal_errc::weak_key, renewed.key.algorithm);
    for (const auto fault : p12::key_faults(key.get()))
        if (fault != p12::KeyFault::inconsistent_crt) // of which a public key tells nothing
            return fail(renewal_errc::weak_key, renewed.key.algorithm);
    return {};
}

} // namespace acredita::renewal
