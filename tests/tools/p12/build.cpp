// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/p12/support.hpp"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace acredita::p12::test {

namespace {

using Stream = Handle<BIO, BIO_free>;
using Pkcs12 = Handle<PKCS12, PKCS12_free>;

template <class T>
T required(T value) {
    if (!value) throw std::runtime_error("OpenSSL could not build the backup");
    return value;
}

struct SafesReleaser {
    void operator()(STACK_OF(PKCS7) * safes) const noexcept { sk_PKCS7_pop_free(safes, PKCS7_free); }
};
struct BagsReleaser {
    void operator()(STACK_OF(PKCS12_SAFEBAG) * bags) const noexcept {
        sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    }
};

void add_safe(STACK_OF(PKCS7) * *safes, STACK_OF(PKCS12_SAFEBAG) * bags, const char* password) {
    const std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), BagsReleaser> owner(bags);
    if (bags == nullptr) return;
    const int cipher = password == nullptr ? -1 : NID_aes_256_cbc;
    if (PKCS12_add_safe(safes, bags, cipher, 1000, password) != 1)
        throw std::runtime_error("PKCS12_add_safe");
}

} // namespace

Bytes build(const Recipe& recipe) {
    STACK_OF(PKCS12_SAFEBAG)* certificates = nullptr;
    for (const auto& path : recipe.certificates) {
        const Stream file(required(BIO_new_file(path.c_str(), "r")));
        const X509Handle certificate(required(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)));
        (void)required(PKCS12_add_cert(&certificates, certificate.get()));
    }
    STACK_OF(PKCS12_SAFEBAG)* keys = nullptr;
    for (const auto& path : recipe.keys) {
        const Stream file(required(BIO_new_file(path.c_str(), "r")));
        const KeyHandle key(required(PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr)));
        const int cipher = recipe.key == nullptr ? -1 : NID_aes_256_cbc;
        const int iterations = &path == &recipe.keys.back() ? recipe.last_key_iterations : 1000;
        (void)required(PKCS12_add_key(&keys, key.get(), 0, iterations, cipher, recipe.key));
    }
    STACK_OF(PKCS7)* raw = nullptr;
    add_safe(&raw, certificates, recipe.contents);
    add_safe(&raw, keys, nullptr);
    const std::unique_ptr<STACK_OF(PKCS7), SafesReleaser> safes(raw);
    const Pkcs12 backup(required(PKCS12_add_safes(safes.get(), 0)));
    if (recipe.mac != nullptr)
        (void)required(PKCS12_set_mac(backup.get(), recipe.mac, -1, nullptr, 8, 1000, EVP_sha256()) == 1);
    Bytes der(static_cast<std::size_t>(i2d_PKCS12(backup.get(), nullptr)));
    auto* at = der.data();
    (void)i2d_PKCS12(backup.get(), &at);
    return der;
}

} // namespace acredita::p12::test
