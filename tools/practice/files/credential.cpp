// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/files/credential.hpp"

#include "tools/practice/error.hpp"

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

namespace acredita::practice::files {

namespace {

struct FreeCertificate {
    void operator()(X509* one) const noexcept { X509_free(one); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

struct FreeBio {
    void operator()(BIO* one) const noexcept { BIO_free_all(one); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

Bytes der_of(const Certificate& certificate) {
    const int size = i2d_X509(certificate.get(), nullptr);
    if (size <= 0) return {};
    Bytes der(static_cast<std::size_t>(size));
    auto* to = der.data();
    i2d_X509(certificate.get(), &to);
    return der;
}

void add_name(X509_NAME* name, const char* field, std::string_view text) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, as_bytes(text).data(),
                               static_cast<int>(text.size()), -1, 0);
}

Certificate certify(const piv::Key& key, unsigned number) {
    Certificate certificate(X509_new());
    if (!certificate) return {};
    constexpr long year = 365L * 24 * 3600;
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), static_cast<long>(1000 + number));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3 * year);
    auto* name = X509_get_subject_name(certificate.get());
    add_name(name, "C", "ES");
    add_name(name, "O", "Universidad de Pruebas");
    add_name(name, "CN", "PERSONA DE PRUEBAS " + std::to_string(number));
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) return {};
    return certificate;
}

// A file that asks for a passphrase is one that cannot be read.
int no_passphrase(char*, int, int, void*) { return -1; }

} // namespace

Result<Credential> new_credential(unsigned bits, unsigned number) {
    const auto key = piv::generate_key(bits == 1024 ? piv::rsa1024 : piv::rsa2048);
    const auto certificate = key ? certify(key, number) : Certificate{};
    if (!certificate) return fail(practice_errc::bad_card, "key");
    return Credential{piv::key_to_der(key), der_of(certificate)};
}

Result<Credential> read_credential(const std::filesystem::path& file) {
    const Bio for_key(BIO_new_file(file.c_str(), "r"));
    const Bio for_certificate(BIO_new_file(file.c_str(), "r"));
    if (!for_key || !for_certificate) return fail(practice_errc::bad_card, file.string());
    const piv::Key key(PEM_read_bio_PrivateKey(for_key.get(), nullptr, no_passphrase, nullptr));
    const Certificate certificate(PEM_read_bio_X509(for_certificate.get(), nullptr, no_passphrase, nullptr));
    if (!key || !certificate || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
        X509_check_private_key(certificate.get(), key.get()) != 1)
        return fail(practice_errc::bad_card, file.string());
    return Credential{piv::key_to_der(key), der_of(certificate)};
}

Bytes modulus_of(const Credential& credential) {
    const auto key = piv::key_from_der(credential.key);
    BIGNUM* raw = nullptr;
    if (!key || EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &raw) != 1) return {};
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, &BN_free);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value.get())));
    BN_bn2bin(value.get(), bytes.data());
    return bytes;
}

std::size_t modulus_size(const Credential& credential) { return modulus_of(credential).size(); }

Bytes id_of(const Credential& credential) {
    const auto modulus = modulus_of(credential);
    Bytes id(SHA_DIGEST_LENGTH);
    SHA1(modulus.data(), modulus.size(), id.data());
    return id;
}

Bytes raw_rsa(const Credential& credential, ByteView block) {
    const auto key = piv::key_from_der(credential.key);
    if (!key) return {};
    return piv::rsa_private(key, block).value_or(Bytes{});
}

Bytes padded_rsa(const Credential& credential, ByteView message) {
    const auto size = modulus_size(credential);
    if (message.size() + 11 > size) return {};
    Bytes block(size, 0xFF);
    block[0] = 0x00;
    block[1] = 0x01;
    block[size - message.size() - 1] = 0x00;
    std::copy(message.begin(), message.end(), block.end() - static_cast<std::ptrdiff_t>(message.size()));
    return raw_rsa(credential, block);
}

nlohmann::json to_json(const Credential& credential) {
    return {{"key", to_hex(credential.key)}, {"certificate", to_hex(credential.certificate)}};
}

Result<Credential> credential_from_json(const nlohmann::json& json) {
    const auto text = [&](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!json.is_object()) return fail(practice_errc::bad_state, "credential");
    const auto key = from_hex(text("key"));
    const auto certificate = from_hex(text("certificate"));
    if (!key || key->empty() || !certificate) return fail(practice_errc::bad_state, "credential");
    return Credential{ZeroingBytes(key->begin(), key->end()), *certificate};
}

} // namespace acredita::practice::files
