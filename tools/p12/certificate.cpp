// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/certificate.hpp"

#include "tools/p12/der.hpp"
#include "tools/p12/errc.hpp"
#include "tools/p12/identity.hpp"
#include "tools/p12/nif.hpp"
#include "tools/p12/rounds.hpp"

#include <ctime>

#include <openssl/x509v3.h>

namespace acredita::p12 {

namespace {

using Number = Handle<BIGNUM, BN_free>;

Result<Time> time_of(const ASN1_TIME* time) {
    std::tm broken{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &broken) != 1) return fail(p12_errc::damaged, "validity");
    return Time(std::chrono::seconds(timegm(&broken)));
}

std::string hex_serial(X509* certificate) {
    const Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    if (!number || BN_num_bytes(number.get()) > 64) return {};
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    (void)BN_bn2bin(number.get(), bytes.data());
    return (BN_is_negative(number.get()) != 0 ? "-" : "") + to_hex(bytes);
}

KeyUsage usage_of(X509* certificate) {
    KeyUsage usage;
    usage.stated = X509_get_ext_by_NID(certificate, NID_key_usage, -1) >= 0;
    const auto bits = X509_get_key_usage(certificate);
    usage.digital_signature = (bits & KU_DIGITAL_SIGNATURE) != 0;
    usage.non_repudiation = (bits & KU_NON_REPUDIATION) != 0;
    usage.key_encipherment = (bits & KU_KEY_ENCIPHERMENT) != 0;
    usage.key_agreement = (bits & KU_KEY_AGREEMENT) != 0;
    usage.certificate_sign = (bits & KU_KEY_CERT_SIGN) != 0;
    return usage;
}

KeyFacts public_key_facts(X509* certificate) {
    if (const auto* key = X509_get0_pubkey(certificate)) return facts_of(key);
    KeyFacts facts;
    ASN1_OBJECT* algorithm = nullptr;
    if (X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(certificate)) == 1)
        facts.algorithm = dotted({OBJ_get0_data(algorithm), OBJ_length(algorithm)}).value_or("");
    return facts;
}

std::string issuer_name(X509* certificate) {
    const auto* issuer = X509_get_issuer_name(certificate);
    for (const int part : {NID_commonName, NID_organizationalUnitName, NID_organizationName})
        if (auto text = last_name_part(issuer, part); !text.empty()) return text;
    return {};
}

constexpr std::size_t most_listed = 32; // policies or uses that are looked at

std::string dotted_of(const ASN1_OBJECT* object) {
    return object == nullptr ? std::string()
                             : dotted({OBJ_get0_data(object), OBJ_length(object)}).value_or("");
}

std::vector<std::string> policies_of(X509* certificate) {
    using Policies = Handle<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;
    const Policies list(static_cast<CERTIFICATEPOLICIES*>(
        X509_get_ext_d2i(certificate, NID_certificate_policies, nullptr, nullptr)));
    std::vector<std::string> found;
    for (int i = 0; i < sk_POLICYINFO_num(list.get()) && found.size() < most_listed; ++i)
        found.push_back(dotted_of(sk_POLICYINFO_value(list.get(), i)->policyid));
    return found;
}

std::vector<std::string> extended_uses_of(X509* certificate) {
    using Uses = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
    const Uses list(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    std::vector<std::string> found;
    for (int i = 0; i < sk_ASN1_OBJECT_num(list.get()) && found.size() < most_listed; ++i)
        found.push_back(dotted_of(sk_ASN1_OBJECT_value(list.get(), i)));
    return found;
}

// QcSSCD among the QCStatements (ETSI EN 319 412-5 4.2.2), or a policy for keys on a qualified device.
bool on_qualified_device(X509* certificate, const std::vector<std::string>& policies) {
    for (const auto& policy : policies)
        if (policy == "0.4.0.194112.1.2" || policy == "0.4.0.194112.1.3") return true;
    const auto at = X509_get_ext_by_NID(certificate, NID_qcStatements, -1);
    if (at < 0) return false;
    const auto* value = X509_EXTENSION_get_data(X509_get_ext(certificate, at));
    Der outer({ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))});
    const auto list = outer.take(tag::sequence, "QCStatements");
    if (!list) return false;
    Der statements(*list);
    for (std::size_t i = 0; i < most_listed && !statements.at_end(); ++i) {
        const auto content = statements.take(tag::sequence, "QCStatement");
        if (!content) return false;
        Der statement(*content);
        if (take_oid(statement, "QCStatement").value_or("") == "0.4.0.1862.1.4") return true;
    }
    return false;
}

Bytes public_key_hash(X509* certificate) {
    unsigned char* raw = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &raw);
    if (size <= 0) return {};
    auto hash = sha256({raw, static_cast<std::size_t>(size)});
    OPENSSL_free(raw);
    return hash;
}

} // namespace

Result<X509Handle> load_certificate(const Crypto& crypto, ByteView der) {
    const QuietErrors quiet;
    X509* raw = X509_new_ex(crypto.context(), nullptr);
    const auto* at = der.data();
    // On failure d2i_X509 has freed what it was given and left a null pointer.
    const bool parsed = d2i_X509(&raw, &at, static_cast<long>(der.size())) != nullptr;
    X509Handle certificate(raw);
    if (!parsed || at != der.data() + der.size()) return fail(p12_errc::damaged, "certificate");
    return certificate;
}

Result<Certificate> describe_certificate(X509* certificate, ByteView der) {
    const QuietErrors quiet;
    Certificate facts;
    facts.der = copy(der);
    const auto nif = nif_of(certificate).value_or("");
    facts.subject_cn = last_name_part(X509_get_subject_name(certificate), NID_commonName);
    facts.shown_name = hide_nif(facts.subject_cn, nif);
    facts.issuer_cn = issuer_name(certificate);
    facts.serial_hex = hex_serial(certificate);
    facts.nif_masked = nif.empty() ? nif : mask_nif(nif);
    ACREDITA_TRY(from, time_of(X509_get0_notBefore(certificate)));
    ACREDITA_TRY(until, time_of(X509_get0_notAfter(certificate)));
    facts.not_before = from;
    facts.not_after = until;
    facts.key = public_key_facts(certificate);
    facts.usage = usage_of(certificate);
    facts.authority = X509_check_ca(certificate) == 1;
    facts.self_issued =
        X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    facts.policies = policies_of(certificate);
    facts.extended_uses = extended_uses_of(certificate);
    facts.on_qualified_device = on_qualified_device(certificate, facts.policies);
    facts.issuer_organisation = last_name_part(X509_get_issuer_name(certificate), NID_organizationName);
    facts.public_key_hash = public_key_hash(certificate);
    return facts;
}

} // namespace acredita::p12
