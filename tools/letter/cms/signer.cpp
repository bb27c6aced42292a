// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/signer.hpp"

#include "tools/letter/errors.hpp"

#include <algorithm>

#include <openssl/ec.h>
#include <openssl/obj_mac.h>

namespace acredita::letter {

namespace {

constexpr std::size_t max_chain = 16;
constexpr std::size_t max_certificate = std::size_t{64} * 1024;
// Algorithm identifiers, attributes (digest, ESS hash with issuer and serial) and the headers around them,
// generously.
constexpr std::size_t fixed_room = 1024;

[[nodiscard]] Result<SignatureScheme> scheme_for(EVP_PKEY* key, bool pss) {
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    const int bits = EVP_PKEY_get_bits(key);
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        if (bits < 2048 || bits > 8192)
            return fail(letter_errc::unsupported_key, "RSA " + std::to_string(bits));
        return SignatureScheme{EVP_sha256(), "SHA256", pss, size};
    case EVP_PKEY_EC: {
        if (pss) return fail(letter_errc::unsupported_key, "PSS is for RSA keys");
        std::string curve(64, '\0');
        std::size_t length = 0;
        if (EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &length) != 1)
            return fail(letter_errc::unsupported_key, "unnamed curve");
        curve.resize(length);
        if (curve == SN_X9_62_prime256v1) return SignatureScheme{EVP_sha256(), "SHA256", false, size};
        if (curve == SN_secp384r1) return SignatureScheme{EVP_sha384(), "SHA384", false, size};
        return fail(letter_errc::unsupported_key, curve);
    }
    default:
        return fail(letter_errc::unsupported_key);
    }
}

} // namespace

Result<CheckedSigner> CheckedSigner::check(const Signer& signer, bool pss) {
    if (signer.chain.size() > max_chain) return fail(letter_errc::bad_certificate, "too many certificates");
    CheckedSigner checked;
    checked.room_ = fixed_room;
    const auto parse = [&](const Bytes& der) -> Result<X509Ptr> {
        if (der.size() > max_certificate) return fail(letter_errc::bad_certificate, "too large");
        checked.room_ += der.size();
        return parse_certificate(der);
    };
    ACREDITA_TRY(certificate, parse(signer.certificate));
    checked.certificate_ = std::move(certificate);
    for (auto at = signer.chain.begin(); at != signer.chain.end(); ++at) {
        const auto& der = *at;
        // Each certificate once, whoever named it how often.
        if (der == signer.certificate || std::find(signer.chain.begin(), at, der) != at) continue;
        ACREDITA_TRY(issuer, parse(der));
        checked.chain_.push_back(std::move(issuer));
    }
    checked.key_ = signer.key;
    if (signer.key == nullptr || X509_check_private_key(checked.certificate_.get(), signer.key) != 1)
        return fail(letter_errc::key_mismatch, openssl_reason());
    ACREDITA_TRY(scheme, scheme_for(X509_get0_pubkey(checked.certificate_.get()), pss));
    checked.scheme_ = scheme;
    // The issuer's name stands in the SignerInfo and in the ESS attribute as well.
    const int name = i2d_X509_NAME(X509_get_issuer_name(checked.certificate_.get()), nullptr);
    checked.room_ += scheme.max_signature + 2 * static_cast<std::size_t>(name > 0 ? name : 0);
    return checked;
}

Result<std::optional<std::int64_t>> CheckedSigner::expired_days(std::chrono::sys_seconds time,
                                                                bool allowed) const {
    const auto from = to_time(X509_get0_notBefore(certificate()));
    const auto until = to_time(X509_get0_notAfter(certificate()));
    if (!from || !until) return fail(letter_errc::bad_certificate, "validity");
    if (time < *from) return fail(letter_errc::certificate_not_yet_valid);
    if (time <= *until) return std::optional<std::int64_t>();
    const auto days = std::chrono::floor<std::chrono::days>(time - *until).count();
    if (!allowed) return fail(letter_errc::certificate_expired, std::to_string(days) + " days");
    return std::optional<std::int64_t>(days);
}

} // namespace acredita::letter
