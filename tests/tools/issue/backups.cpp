// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/issue/backups.hpp"

#include <stdexcept>

#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

namespace acredita::test {
namespace {

using Pkcs12 = client::Owned<PKCS12, PKCS12_free>;

void free_safes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }

template <class T>
T* made(T* object) {
    if (object == nullptr) throw std::runtime_error("OpenSSL could not make a sample");
    return object;
}

client::Certificate make_certificate(EVP_PKEY* key, const SampleSpec& spec) {
    client::Certificate certificate(made(X509_new()));
    constexpr long day = 24L * 60 * 60;
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 0x1122334455);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), spec.starts_in_days * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), spec.ends_in_days * day);
    X509_set_pubkey(certificate.get(), key);
    auto* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(spec.name.c_str()), -1, -1, 0);
    auto* issuer = X509_get_issuer_name(certificate.get());
    X509_NAME_add_entry_by_txt(issuer, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("AC PRUEBAS"), -1, -1, 0);
    if (spec.padding > 0) {
        const std::string comment(spec.padding, 'x');
        auto* extension = made(X509V3_EXT_conf_nid(nullptr, nullptr, NID_netscape_comment, comment.c_str()));
        X509_add_ext(certificate.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    if (X509_sign(certificate.get(), key, EVP_sha256()) <= 0)
        throw std::runtime_error("OpenSSL could not sign a sample");
    return certificate;
}

Bytes der_of(X509* certificate) {
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
    auto* at = der.data();
    i2d_X509(certificate, &at);
    return der;
}

void add(STACK_OF(PKCS12_SAFEBAG) * &bags, EVP_PKEY* key, X509* certificate, const std::string& passphrase) {
    made(PKCS12_add_cert(&bags, certificate));
    made(PKCS12_add_key(&bags, key, 0, 1000, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, passphrase.c_str()));
}

Bytes seal(STACK_OF(PKCS12_SAFEBAG) * owned, const std::string& passphrase) {
    const client::Owned<STACK_OF(PKCS12_SAFEBAG), free_bags> bags(owned);
    STACK_OF(PKCS7)* raw = nullptr;
    if (PKCS12_add_safe(&raw, bags.get(), NID_aes_256_cbc, 1000, passphrase.c_str()) != 1)
        throw std::runtime_error("safe");
    const client::Owned<STACK_OF(PKCS7), free_safes> safes(raw);
    const Pkcs12 file(made(PKCS12_add_safes(safes.get(), 0)));
    if (PKCS12_set_mac(file.get(), passphrase.c_str(), -1, nullptr, 0, 1000, EVP_sha256()) != 1)
        throw std::runtime_error("mac");
    Bytes bytes(static_cast<std::size_t>(i2d_PKCS12(file.get(), nullptr)));
    auto* at = bytes.data();
    i2d_PKCS12(file.get(), &at);
    return bytes;
}

} // namespace

client::EvpKey make_key(unsigned rsa_bits) {
    return client::EvpKey(made(rsa_bits == 0     ? EVP_EC_gen("P-256")
                               : rsa_bits == 521 ? EVP_EC_gen("P-521")
                                                 : EVP_RSA_gen(rsa_bits)));
}

SampleBackup make_backup(const SampleSpec& spec) {
    const auto key = make_key(spec.rsa_bits);
    const auto other = spec.foreign_key ? make_key(spec.rsa_bits) : nullptr;
    const auto certificate = make_certificate(key.get(), spec);
    STACK_OF(PKCS12_SAFEBAG)* bags = nullptr;
    add(bags, other ? other.get() : key.get(), certificate.get(), spec.passphrase);
    return {seal(bags, spec.passphrase), der_of(certificate.get())};
}

const SampleBackup& usual_backup() {
    static const SampleBackup backup = make_backup();
    return backup;
}

SampleBackup make_double_backup(const std::string& passphrase) {
    STACK_OF(PKCS12_SAFEBAG)* bags = nullptr;
    Bytes last;
    for (const auto* name : {"PRIMERA EJEMPLO EVA - 00000000T", "SEGUNDA EJEMPLO EVA - 00000000T"}) {
        SampleSpec spec;
        spec.name = name;
        const auto key = make_key(0);
        const auto certificate = make_certificate(key.get(), spec);
        add(bags, key.get(), certificate.get(), passphrase);
        last = der_of(certificate.get());
    }
    return {seal(bags, passphrase), last};
}

} // namespace acredita::test
