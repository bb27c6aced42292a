// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/key.hpp"

#include "tools/p12/der.hpp"
#include "tools/p12/errc.hpp"

#include <openssl/core_names.h>

namespace acredita::p12 {

namespace {

using Pkcs8Handle = Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

KeyType type_of(int id) {
    switch (id) {
    case EVP_PKEY_RSA:
        return KeyType::rsa;
    case EVP_PKEY_RSA_PSS:
        return KeyType::rsa_pss;
    case EVP_PKEY_EC:
        return KeyType::ec;
    case EVP_PKEY_DSA:
        return KeyType::dsa;
    case EVP_PKEY_ED25519:
        return KeyType::ed25519;
    case EVP_PKEY_ED448:
        return KeyType::ed448;
    case EVP_PKEY_X25519:
        return KeyType::x25519;
    case EVP_PKEY_X448:
        return KeyType::x448;
    default:
        return KeyType::other;
    }
}

bool is_rsa(const EVP_PKEY* key) {
    const auto type = type_of(EVP_PKEY_get_base_id(key));
    return type == KeyType::rsa || type == KeyType::rsa_pss;
}

using Number = Handle<BIGNUM, BN_clear_free>;

Number number(const EVP_PKEY* key, const char* name) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1) return nullptr;
    return Number(value);
}

bool same_number(const EVP_PKEY* a, const EVP_PKEY* b, const char* name) {
    const auto left = number(a, name);
    const auto right = number(b, name);
    return left && right && BN_cmp(left.get(), right.get()) == 0;
}

std::string curve_name(const EVP_PKEY* key) {
    char name[80] = {};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, name, sizeof name, &size) == 1 ? std::string(name, size) : "explicit";
}

} // namespace

KeyFacts facts_of(const EVP_PKEY* key) {
    const QuietErrors quiet;
    KeyFacts facts;
    facts.type = type_of(EVP_PKEY_get_base_id(key));
    facts.bits = static_cast<unsigned>(std::max(EVP_PKEY_get_bits(key), 0));
    const char* name = EVP_PKEY_get0_type_name(key);
    facts.algorithm = facts.type == KeyType::ec ? curve_name(key) : name != nullptr ? name : "";
    return facts;
}

Result<BareKey> bare_key(ByteView pkcs8) {
    Der whole(pkcs8);
    ACREDITA_TRY(content, whole.take(tag::sequence, "PrivateKeyInfo"));
    Der info(content);
    ACREDITA_TRY(version, take_number(info, "PrivateKeyInfo version"));
    if (version > 1) return fail(p12_errc::damaged, "PrivateKeyInfo version");
    ACREDITA_TRY(algorithm, info.any("private key algorithm"));
    Der named(algorithm.whole);
    ACREDITA_TRY(parsed, take_algorithm(named, "private key algorithm"));
    ACREDITA_TRY(key, info.any("private key"));
    if (key.tag != tag::octets) return fail(p12_errc::damaged, "private key");

    constexpr std::uint8_t version_0[] = {tag::integer, 1, 0};
    const auto size = sizeof version_0 + algorithm.whole.size() + key.whole.size();
    const auto header = tlv_header(tag::sequence, size);
    BareKey bare{Secret(header.size() + size), std::move(parsed.oid)};
    for (const auto part : {ByteView(header), ByteView(version_0), algorithm.whole, key.whole})
        for (const auto byte : part) (void)bare.pkcs8.push_back(byte);
    return bare;
}

Result<KeyHandle> load_key(const Crypto& crypto, ByteView pkcs8) {
    const QuietErrors quiet;
    ACREDITA_TRY(bare, bare_key(pkcs8));
    const auto* at = bare.pkcs8.view().data();
    const Pkcs8Handle info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(bare.pkcs8.size())));
    if (!info) return fail(p12_errc::damaged, "PrivateKeyInfo");
    KeyHandle key(EVP_PKCS82PKEY_ex(info.get(), crypto.context(), nullptr));
    if (!key) return fail(p12_errc::unsupported_key, bare.algorithm);
    return key;
}

bool same_public_key(const EVP_PKEY* a, const EVP_PKEY* b) {
    const QuietErrors quiet;
    if (a == nullptr || b == nullptr) return false;
    if (is_rsa(a) && is_rsa(b))
        return same_number(a, b, OSSL_PKEY_PARAM_RSA_N) && same_number(a, b, OSSL_PKEY_PARAM_RSA_E);
    return EVP_PKEY_eq(a, b) == 1;
}

} // namespace acredita::p12
