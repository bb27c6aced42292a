// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/identity.hpp"

#include <array>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace acredita::browser_test {

namespace {

using client::Certificate;
using client::EvpKey;
using client::Owned;
using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using Memory = Owned<BIO, BIO_free_all>;

constexpr long an_hour = 3600;
constexpr long a_day = 24 * an_hour;
constexpr const char* authority_name = "Acredita browser test, for one run";

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), bytes.size()) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3F) | 0x40); // positive, and of full length
    const client::BigNumber number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509_NAME* name, const char* text) {
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text),
                                      -1, -1, 0) == 1;
}

// Version 3, everything but extensions and signature.
Certificate begun(EVP_PKEY* key, const char* subject, const char* issuer) {
    Certificate made(X509_new());
    if (!made || X509_set_version(made.get(), X509_VERSION_3) != 1 || !set_serial(made.get()) ||
        !set_name(X509_get_subject_name(made.get()), subject) ||
        !set_name(X509_get_issuer_name(made.get()), issuer) ||
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -an_hour) == nullptr ||
        X509_gmtime_adj(X509_getm_notAfter(made.get()), a_day) == nullptr ||
        X509_set_pubkey(made.get(), key) != 1)
        return nullptr;
    return made;
}

Certificate made_authority(EVP_PKEY* key) {
    auto made = begun(key, authority_name, authority_name);
    if (!made ||
        !add_extension(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !add_extension(made.get(), made.get(), NID_key_usage, "critical,keyCertSign") ||
        !add_extension(made.get(), made.get(), NID_subject_key_identifier, "hash") ||
        !add_extension(made.get(), made.get(), NID_name_constraints,
                       "critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.255.255.255,"
                       "permitted;IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF") ||
        X509_sign(made.get(), key, EVP_sha256()) == 0)
        return nullptr;
    return made;
}

Certificate made_server(EVP_PKEY* key, X509* authority, EVP_PKEY* authority_key) {
    auto made = begun(key, "localhost", authority_name);
    if (!made || !add_extension(made.get(), authority, NID_basic_constraints, "critical,CA:FALSE") ||
        !add_extension(made.get(), authority, NID_key_usage, "critical,digitalSignature") ||
        !add_extension(made.get(), authority, NID_ext_key_usage, "serverAuth") ||
        !add_extension(made.get(), authority, NID_authority_key_identifier, "keyid") ||
        !add_extension(made.get(), authority, NID_subject_alt_name,
                       "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1") ||
        X509_sign(made.get(), authority_key, EVP_sha256()) == 0)
        return nullptr;
    return made;
}

} // namespace

tl::unexpected<Error> fail_tls(std::string_view function) {
    std::string words(function);
    while (const auto code = ERR_get_error()) {
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        words += ": ";
        words += text.data();
    }
    return fail(browser_errc::server_failed, std::move(words));
}

Result<Identity> make_identity() {
    const EvpKey authority_key(EVP_EC_gen("P-256"));
    Identity made;
    made.key.reset(EVP_EC_gen("P-256"));
    if (!authority_key || !made.key) return fail_tls("EVP_EC_gen");
    made.authority = made_authority(authority_key.get());
    if (!made.authority) return fail_tls("authority");
    made.certificate = made_server(made.key.get(), made.authority.get(), authority_key.get());
    if (!made.certificate) return fail_tls("certificate");
    return made;
}

Result<std::string> Identity::authority_pem() const {
    const Memory memory(BIO_new(BIO_s_mem()));
    if (!memory || PEM_write_bio_X509(memory.get(), authority.get()) != 1) return fail_tls("PEM");
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

Result<std::string> Identity::key_pin() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size < 0) return fail_tls("i2d_PUBKEY");
    std::array<unsigned char, 32> digest{};
    const bool digested =
        EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr) == 1;
    OPENSSL_free(der);
    if (!digested) return fail_tls("SHA-256");
    std::array<unsigned char, 45> text{};
    const int length = EVP_EncodeBlock(text.data(), digest.data(), digest.size());
    return std::string(text.begin(), text.begin() + length);
}

} // namespace acredita::browser_test
