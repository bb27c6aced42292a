// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/checks.hpp"

#include <openssl/rand.h>

namespace acredita::p12 {

namespace {

using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

Bytes sign(const Crypto& crypto, EVP_PKEY* key, ByteView message) {
    const DigestContext context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context ||
        EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, crypto.context(), nullptr, key, nullptr) !=
            1 ||
        EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1)
        return {};
    Bytes signature(size);
    if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        return {};
    signature.resize(size);
    return signature;
}

bool verify(const Crypto& crypto, EVP_PKEY* key, ByteView message, ByteView signature) {
    const DigestContext context(EVP_MD_CTX_new());
    return context &&
           EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, crypto.context(), nullptr, key,
                                   nullptr) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

} // namespace

Validity validity_at(const Certificate& certificate, Time now) noexcept {
    if (now < certificate.not_before) return Validity::not_yet;
    return now > certificate.not_after ? Validity::expired : Validity::valid;
}

bool may_sign(const KeyUsage& usage) noexcept {
    return !usage.stated || usage.non_repudiation || usage.digital_signature;
}

bool is_weak(const KeyFacts& key) noexcept {
    switch (key.type) {
    case KeyType::rsa:
    case KeyType::rsa_pss:
    case KeyType::dsa:
        return key.bits < 2048;
    case KeyType::ec:
        return key.bits < 224;
    default:
        return false;
    }
}

Result<void> self_test(const Crypto& crypto, EVP_PKEY* key, X509* certificate) {
    const QuietErrors quiet;
    const auto facts = facts_of(key);
    if (facts.type == KeyType::x25519 || facts.type == KeyType::x448)
        return fail(p12_errc::unsupported_key, facts.algorithm);
    Bytes message(32);
    if (RAND_bytes_ex(crypto.context(), message.data(), message.size(), 0) != 1)
        return fail(p12_errc::crypto_failure, "random bytes");
    auto* public_key = X509_get0_pubkey(certificate);
    const auto signature = sign(crypto, key, message);
    if (public_key == nullptr || signature.empty() || !verify(crypto, public_key, message, signature))
        return fail(p12_errc::self_test_failed, facts.algorithm);
    return {};
}

Result<void> self_test(const Credential& credential) {
    if (credential.health.self_test) return fail(*credential.health.self_test);
    return {};
}

} // namespace acredita::p12
