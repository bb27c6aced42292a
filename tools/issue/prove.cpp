// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The four proofs on the freshly restarted card.
#include "pcsc/apdu/status_word.hpp"
#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/vendor.hpp"
#include "pkcs11/extensions.h"
#include "tools/issue/stored.hpp"

#include <openssl/rand.h>

namespace acredita::issue {
namespace {

using client::Hash;
using client::ObjectClass;
using client::Scheme;

Result<client::Certificate> certificate_on_card(const Work& work) {
    const auto& der = work.chosen->leaf.der; // shown to be identical by the first proof
    const unsigned char* at = der.data();
    client::Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate) return client::fail_openssl("d2i_X509");
    return certificate;
}

Result<Scheme> scheme_of(const Work& work) {
    ACREDITA_TRY(certificate, certificate_on_card(work));
    return client::usual_scheme(X509_get0_pubkey(certificate.get()));
}

Result<void> login_holder(Work& work) {
    if (!work.facts.pinpad) return work.session->login(client::Role::user, work.pin);
    work.people.look_at_reader(true);
    return work.session->login_at_reader(client::Role::user);
}

std::string hex(std::uint16_t word) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(word >> 8U), static_cast<std::uint8_t>(word)};
    return to_hex(bytes);
}

} // namespace

Note prove_certificate(Work& work) {
    ACREDITA_TRY(found, stored_certificates(work));
    if (found.empty()) return fail(issue_errc::proof_missing, "certificate");
    for (const auto object : found) {
        ACREDITA_TRY(der, client::certificate_der(*work.session, object));
        if (der != work.chosen->leaf.der) return fail(issue_errc::proof_certificate);
    }
    work.receipt.proof.certificate_identical = true;
    if (work.target.road.apart && work.target.road.manners.rests_on_word(client::Statement::certificate))
        work.receipt.proof.certificate = Witness::module;
    return work.receipt.certificate.fingerprint.substr(0, 16);
}

Note prove_refusal(Work& work) {
    using Refusal = client::UnverifiedSignature::Refusal;
    ACREDITA_TRY(scheme, scheme_of(work));
    ACREDITA_TRY(answer, client::sign_unverified(*work.session, work.place.id, scheme));
    auto& proof = work.receipt.proof;
    if (answer.refusal == Refusal::none) return fail(issue_errc::proof_pin, hex(sw::ok.value));
    if (answer.refusal == Refusal::by_module) {
        proof.refusal = Witness::module;
        return std::string();
    }
    // Only "security status" and "conditions of use" (7816-4 table 6) speak of the PIN; anything else proves
    // nothing.
    const StatusWord word{answer.status_word.value_or(0)};
    if (word != sw::security_not_satisfied && word != sw::conditions_not_satisfied)
        return fail(issue_errc::proof_pin, hex(word.value));
    proof.refusal = Witness::card;
    proof.status_word = word.value;
    return hex(word.value);
}

Note prove_protection(Work& work) {
    ACREDITA_CHECK(login_holder(work));
    ACREDITA_TRY(keys, stored_keys(work));
    if (keys.empty()) return fail(issue_errc::proof_missing, "key");
    ACREDITA_TRY(facts, client::key_facts(*work.session, keys.front()));
    bool sensitive = facts.sensitive == true;
    if (!sensitive && work.target.road.apart) {
        ACREDITA_TRY(refused, client::refuses_as_sensitive(*work.session, keys.front()));
        sensitive = refused;
    }
    if (!sensitive || facts.extractable != false) return fail(issue_errc::proof_protection);

    auto& proof = work.receipt.proof;
    ACREDITA_TRY(revealed, client::reveals_key(*work.session, keys.front()));
    if (revealed) return fail(issue_errc::proof_protection);
    ACREDITA_TRY(origin, client::attribute_if_any(*work.session, keys.front(), CKA_ACREDITA_ORIGIN));
    proof.protection = origin ? Witness::card : Witness::module;
    if (origin) {
        CK_ULONG value = 0;
        if (origin->size() == sizeof value)
            std::copy_n(origin->data(), sizeof value, reinterpret_cast<std::uint8_t*>(&value));
        proof.origin = value == ACREDITA_ORIGIN_IMPORTED ? "imported" : "generated";
    }
    return std::string();
}

Note prove_signature(Work& work) {
    ACREDITA_TRY(keys, stored_keys(work));
    if (keys.size() != 1) return fail(issue_errc::proof_missing, "key");
    ACREDITA_TRY(certificate, certificate_on_card(work));
    EVP_PKEY* public_key = X509_get0_pubkey(certificate.get());
    ACREDITA_TRY(scheme, client::usual_scheme(public_key));

    Bytes nonce(32);
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return client::fail_openssl("RAND_bytes");
    const Bytes digest = client::digest(Hash::sha256, nonce);
    const Secret* pin = work.pin.empty() ? nullptr : &work.pin;
    ACREDITA_TRY(signature,
                 client::sign_digest(*work.session, keys.front(), scheme, Hash::sha256, digest, pin));
    ACREDITA_TRY(verified, client::verify_digest(public_key, scheme, Hash::sha256, digest, signature));
    if (!verified) return fail(issue_errc::proof_signature);
    work.receipt.proof.nonce_digest = to_hex(digest);
    work.receipt.proof.signature_scheme =
        scheme == Scheme::ecdsa ? "ECDSA SHA-256" : "RSASSA-PKCS1-v1_5 SHA-256";
    return work.receipt.proof.signature_scheme;
}

} // namespace acredita::issue
