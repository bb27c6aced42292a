// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/errc.hpp"
#include "tools/p12/key.hpp"

#include <openssl/core_names.h>
#include <openssl/objects.h>

namespace acredita::p12 {

namespace {

using Number = Handle<BIGNUM, BN_clear_free>;

// Empty where the key has no such number or it is zero.
Secret secret_number(const EVP_PKEY* key, const char* name, std::size_t padded_to = 0) {
    BIGNUM* value = nullptr;
    const bool there = EVP_PKEY_get_bn_param(key, name, &value) == 1;
    const Number owner(value);
    if (!there || BN_is_zero(value)) return {};
    const auto size = std::max(static_cast<std::size_t>(BN_num_bytes(value)), padded_to);
    Secret bytes(size);
    if (!bytes.resize(size) || BN_bn2binpad(value, bytes.data(), static_cast<int>(size)) < 0) return {};
    return bytes;
}

Bytes public_octets(const EVP_PKEY* key, const char* name) {
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key, name, nullptr, 0, &size) != 1) return {};
    Bytes bytes(size);
    if (EVP_PKEY_get_octet_string_param(key, name, bytes.data(), bytes.size(), &size) != 1) return {};
    bytes.resize(size);
    return bytes;
}

Bytes curve_oid(const EVP_PKEY* key) {
    char name[80] = {};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &size) != 1) return {};
    const auto* object = OBJ_nid2obj(OBJ_txt2nid(name));
    const auto length = object == nullptr ? 0 : i2d_ASN1_OBJECT(object, nullptr);
    if (length <= 0) return {};
    Bytes der(static_cast<std::size_t>(length));
    auto* at = der.data();
    (void)i2d_ASN1_OBJECT(object, &at);
    return der;
}

// 04 X Y, whatever form the key came in.
Bytes uncompressed_point(const EVP_PKEY* key, std::size_t field) {
    const auto x = secret_number(key, OSSL_PKEY_PARAM_EC_PUB_X, field);
    const auto y = secret_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, field);
    if (x.size() != y.size() || x.empty()) return {};
    const std::uint8_t form = 0x04;
    return concat({{&form, 1}, x.view(), y.view()});
}

} // namespace

Result<RsaNumbers> rsa_numbers(const EVP_PKEY* key) {
    const QuietErrors quiet;
    const auto type = facts_of(key).type;
    if (type != KeyType::rsa && type != KeyType::rsa_pss) return fail(p12_errc::unsupported_key, "not RSA");
    RsaNumbers numbers{
        copy(secret_number(key, OSSL_PKEY_PARAM_RSA_N).view()),
        copy(secret_number(key, OSSL_PKEY_PARAM_RSA_E).view()),
        secret_number(key, OSSL_PKEY_PARAM_RSA_D),
        secret_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1),
        secret_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2),
        secret_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1),
        secret_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2),
        secret_number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1),
    };
    BIGNUM* third = nullptr;
    const bool multi_prime = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_FACTOR3, &third) == 1;
    const Number owner(third);
    if (multi_prime) return fail(p12_errc::unsupported_key, "RSA with more than two primes");
    for (const auto* part : {&numbers.d, &numbers.p, &numbers.q, &numbers.dp, &numbers.dq, &numbers.qinv})
        if (part->empty()) return fail(p12_errc::unsupported_key, "RSA without CRT numbers");
    return numbers;
}

Result<EcNumbers> ec_numbers(const EVP_PKEY* key) {
    const QuietErrors quiet;
    const auto facts = facts_of(key);
    if (facts.type != KeyType::ec) return fail(p12_errc::unsupported_key, "not EC");
    const auto order = (static_cast<std::size_t>(facts.bits) + 7) / 8;
    const auto encoded = public_octets(key, OSSL_PKEY_PARAM_PUB_KEY);
    const bool is_uncompressed = !encoded.empty() && encoded.front() == 0x04;
    EcNumbers numbers{curve_oid(key), is_uncompressed ? encoded : uncompressed_point(key, order),
                      secret_number(key, OSSL_PKEY_PARAM_PRIV_KEY, order)};
    if (numbers.parameters.empty()) return fail(p12_errc::unsupported_key, facts.algorithm);
    if (numbers.point.empty() || numbers.scalar.empty())
        return fail(p12_errc::unsupported_key, "EC without numbers");
    return numbers;
}

} // namespace acredita::p12
