// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/support/mismatched_backup.hpp"

#include <cstdio>
#include <memory>
#include <stdexcept>

#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace acredita::test {

namespace {

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* one) const noexcept {
        Function(one);
    }
};
void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
void free_safes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
int close_file(FILE* file) { return std::fclose(file); }
using File = std::unique_ptr<FILE, Free<close_file>>;

void require(bool done) {
    if (!done) throw std::runtime_error("no mismatched backup");
}

} // namespace

void write_mismatched_backup(const std::filesystem::path& certificate, const std::filesystem::path& to,
                             const std::string& passphrase) {
    const File in(std::fopen(certificate.c_str(), "re"));
    require(in != nullptr);
    const std::unique_ptr<X509, Free<X509_free>> x509(PEM_read_X509(in.get(), nullptr, nullptr, nullptr));
    const std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key(EVP_RSA_gen(2048));
    require(x509 && key);
    STACK_OF(PKCS12_SAFEBAG)* certificates = nullptr;
    STACK_OF(PKCS12_SAFEBAG)* keys = nullptr;
    STACK_OF(PKCS7)* safes = nullptr;
    require(PKCS12_add_cert(&certificates, x509.get()) != nullptr);
    require(PKCS12_add_key(&keys, key.get(), KEY_SIG, 10000, NID_aes_256_cbc, passphrase.c_str()) != nullptr);
    require(PKCS12_add_safe(&safes, certificates, NID_aes_256_cbc, 10000, passphrase.c_str()) == 1);
    require(PKCS12_add_safe(&safes, keys, -1, 0, nullptr) == 1);
    const std::unique_ptr<PKCS12, Free<PKCS12_free>> p12(PKCS12_add_safes(safes, 0));
    free_bags(certificates);
    free_bags(keys);
    free_safes(safes);
    require(p12 && PKCS12_set_mac(p12.get(), passphrase.c_str(), -1, nullptr, 0, 10000, EVP_sha256()) == 1);
    const File out(std::fopen(to.c_str(), "we"));
    require(out && i2d_PKCS12_fp(out.get(), p12.get()) == 1);
}

} // namespace acredita::test
