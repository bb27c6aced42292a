// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/support.hpp"

#include <ctime>
#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace acredita::letter::test {

namespace {

struct Authority {
    KeyPtr key;
    X509Ptr certificate;
};

void name_it(X509_NAME* name, const std::string& common) {
    const auto* text = reinterpret_cast<const unsigned char*>(common.c_str());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
}

void extend(X509* certificate, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, nullptr);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    if (extension == nullptr) throw std::runtime_error("extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

[[nodiscard]] X509Ptr blank(EVP_PKEY* key, const std::string& name, int from_days, int until_days) {
    static long serial = 1000;
    X509Ptr certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 86400L * from_days);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400L * until_days);
    name_it(X509_get_subject_name(certificate.get()), name);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

[[nodiscard]] const Authority& the_authority() {
    static const Authority made = [] {
        Authority a{make_key(KeyKind::rsa2048), nullptr};
        a.certificate = blank(a.key.get(), "AC de pruebas", -4000, 4000);
        X509_set_issuer_name(a.certificate.get(), X509_get_subject_name(a.certificate.get()));
        extend(a.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
        extend(a.certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
        X509_sign(a.certificate.get(), a.key.get(), EVP_sha256());
        return a;
    }();
    return made;
}

} // namespace

Bytes authority() { return der_of(the_authority().certificate.get()); }

KeyPtr make_key(KeyKind kind) {
    switch (kind) {
    case KeyKind::rsa2048:
        return KeyPtr(EVP_RSA_gen(2048U));
    case KeyKind::rsa1024:
        return KeyPtr(EVP_RSA_gen(1024U));
    case KeyKind::p256:
        return KeyPtr(EVP_EC_gen("P-256"));
    case KeyKind::p384:
        return KeyPtr(EVP_EC_gen("P-384"));
    case KeyKind::p521:
        break;
    }
    return KeyPtr(EVP_EC_gen("P-521"));
}

EVP_PKEY* authority_key() { return the_authority().key.get(); }

Bytes issue(EVP_PKEY* key, const std::string& name, int from_days, int until_days,
            const Extensions& extensions) {
    const auto certificate = blank(key, name, from_days, until_days);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(the_authority().certificate.get()));
    for (const auto& [nid, value] : extensions) extend(certificate.get(), nid, value.c_str());
    X509_sign(certificate.get(), the_authority().key.get(), EVP_sha256());
    return der_of(certificate.get());
}

Identity make_identity(KeyKind kind, const std::string& name, int from_days, int until_days) {
    Identity identity{make_key(kind), {}};
    identity.certificate = issue(identity.key.get(), name, from_days, until_days);
    return identity;
}

Signer Identity::signer() const { return {key.get(), certificate, {authority()}}; }

void write_key(const fs::path& path, EVP_PKEY* key) {
    const std::unique_ptr<BIO, Releaser<BIO_free>> file(BIO_new_file(path.c_str(), "w"));
    if (PEM_write_bio_PKCS8PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        throw std::runtime_error("cannot write " + path.string());
}

const Identity& rsa() {
    static const Identity made = make_identity(KeyKind::rsa2048, "ESPAÑOL ESPAÑOL JUAN - 00000000T");
    return made;
}

const Identity& ec() {
    static const Identity made = make_identity(KeyKind::p256, "EJEMPLO EJEMPLO ANA - 99999999R");
    return made;
}

} // namespace acredita::letter::test
