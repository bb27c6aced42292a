// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSSL 3.0 looks for the right decoder of a key for as long as a whole derivation takes; an RSA key of the
// usual shape needs no looking for.
#include "tools/p12/der.hpp"
#include "tools/p12/key.hpp"

#include <array>

#include <openssl/core_names.h>
#include <openssl/params.h>

namespace acredita::p12 {

namespace {

constexpr std::size_t numbers_of_a_key = 8;

// n, e, d, p, q, dP, dQ and qInv of a PrivateKeyInfo with an RSAPrivateKey of two primes (RFC 8017 A.1.2).
std::optional<std::array<ByteView, numbers_of_a_key>> numbers_of(ByteView pkcs8) {
    Der whole(pkcs8);
    const auto content = whole.take(tag::sequence, "PrivateKeyInfo");
    if (!content) return std::nullopt;
    Der info(*content);
    const auto version = take_number(info, "version");
    const auto algorithm = take_algorithm(info, "algorithm");
    const auto octets = info.take(tag::octets, "private key");
    if (!version || !algorithm || !octets || algorithm->oid != "1.2.840.113549.1.1.1") return std::nullopt;
    Der outer(*octets);
    const auto key = outer.take(tag::sequence, "RSAPrivateKey");
    if (!key || !outer.at_end()) return std::nullopt;
    Der parts(*key);
    if (take_number(parts, "version").value_or(1) != 0) return std::nullopt;
    std::array<ByteView, numbers_of_a_key> numbers;
    for (auto& number : numbers) {
        const auto found = parts.take(tag::integer, "number");
        const bool positive = found && !found->empty() && (found->front() & 0x80U) == 0;
        if (!positive || found->size() > 2049) return std::nullopt;
        number = *found;
    }
    return parts.at_end() ? std::optional(numbers) : std::nullopt;
}

} // namespace

KeyHandle plain_rsa_key(const Crypto& crypto, ByteView pkcs8) {
    const QuietErrors quiet;
    const auto numbers = numbers_of(pkcs8);
    if (!numbers) return nullptr;
    constexpr const char* names[numbers_of_a_key] = {
        OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,           OSSL_PKEY_PARAM_RSA_D,
        OSSL_PKEY_PARAM_RSA_FACTOR1,   OSSL_PKEY_PARAM_RSA_FACTOR2,     OSSL_PKEY_PARAM_RSA_EXPONENT1,
        OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
    std::array<ZeroingBytes, numbers_of_a_key> little; // as OSSL_PARAM wants numbers
    std::array<OSSL_PARAM, numbers_of_a_key + 1> parameters{};
    for (std::size_t i = 0; i < numbers_of_a_key; ++i) {
        little[i].assign((*numbers)[i].rbegin(), (*numbers)[i].rend());
        parameters[i] = OSSL_PARAM_construct_BN(names[i], little[i].data(), little[i].size());
    }
    parameters.back() = OSSL_PARAM_construct_end();
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
        EVP_PKEY_CTX_new_from_name(crypto.context(), "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.data()) != 1)
        return nullptr;
    return KeyHandle(key);
}

} // namespace acredita::p12
