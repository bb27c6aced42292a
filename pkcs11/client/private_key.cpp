// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/private_key.hpp"

#include "pcsc/base/tlv.hpp"
#include "pkcs11/client/openssl_error.hpp"

#include <array>

#include <openssl/core_names.h>
#include <openssl/objects.h>

namespace acredita::client {

namespace {

struct Curve {
    unsigned bits;
    int nid;
};
constexpr std::array curves{Curve{256, NID_X9_62_prime256v1}, Curve{384, NID_secp384r1},
                            Curve{521, NID_secp521r1}};

Result<BigNumber> number(const EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return fail_openssl(name);
    return BigNumber(raw);
}

Result<Bytes> public_part(const EVP_PKEY* key, const char* name) {
    ACREDITA_TRY(value, number(key, name));
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value.get())));
    BN_bn2bin(value.get(), bytes.data());
    return bytes;
}

// `size` 0: as short as the number is.
Result<Secret> private_part(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
    ACREDITA_TRY(value, number(key, name));
    if (size == 0) size = static_cast<std::size_t>(BN_num_bytes(value.get()));
    Secret secret(size);
    if (!secret.resize(size) || BN_bn2binpad(value.get(), secret.data(), static_cast<int>(size)) < 0)
        return fail_openssl(name);
    return secret;
}

Result<Bytes> public_point(const EVP_PKEY* key) {
    std::array<std::uint8_t, 256> point{};
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1)
        return fail_openssl(OSSL_PKEY_PARAM_PUB_KEY);
    return make_tlv(0x04, {point.data(), size});
}

Result<void> take_rsa(const EVP_PKEY* key, PrivateKeyParts& parts) {
    ACREDITA_TRY(modulus, public_part(key, OSSL_PKEY_PARAM_RSA_N));
    ACREDITA_TRY(exponent, public_part(key, OSSL_PKEY_PARAM_RSA_E));
    parts.modulus = std::move(modulus);
    parts.exponent = std::move(exponent);
    const std::pair<const char*, Secret PrivateKeyParts::*> wanted[] = {
        {OSSL_PKEY_PARAM_RSA_D, &PrivateKeyParts::d},
        {OSSL_PKEY_PARAM_RSA_FACTOR1, &PrivateKeyParts::p},
        {OSSL_PKEY_PARAM_RSA_FACTOR2, &PrivateKeyParts::q},
        {OSSL_PKEY_PARAM_RSA_EXPONENT1, &PrivateKeyParts::dp},
        {OSSL_PKEY_PARAM_RSA_EXPONENT2, &PrivateKeyParts::dq},
        {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &PrivateKeyParts::qinv},
    };
    for (const auto& [name, member] : wanted) {
        ACREDITA_TRY(part, private_part(key, name));
        parts.*member = std::move(part);
    }
    return {};
}

} // namespace

Result<Bytes> curve_oid(unsigned bits) {
    for (const auto& curve : curves) {
        if (curve.bits != bits) continue;
        const auto* object = OBJ_nid2obj(curve.nid);
        const int size = i2d_ASN1_OBJECT(object, nullptr);
        if (size <= 0) return fail_openssl("i2d_ASN1_OBJECT");
        Bytes der(static_cast<std::size_t>(size));
        auto* out = der.data();
        i2d_ASN1_OBJECT(object, &out);
        return der;
    }
    return fail(client_errc::key_type_unknown, "curve");
}

Result<KeyKind> kind_of(const EVP_PKEY* key) {
    if (key == nullptr) return fail(client_errc::key_type_unknown);
    const int bits = EVP_PKEY_get_bits(key);
    if (bits > 0 && EVP_PKEY_is_a(key, "RSA") == 1) return KeyKind{CKK_RSA, static_cast<unsigned>(bits)};
    if (EVP_PKEY_is_a(key, "EC") != 1) return fail(client_errc::key_type_unknown);
    std::array<char, 64> name{};
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), nullptr) !=
        1)
        return fail(client_errc::key_type_unknown, "EC without a named curve");
    const int nid = OBJ_sn2nid(name.data());
    for (const auto& curve : curves)
        if (curve.nid == nid) return KeyKind{CKK_EC, curve.bits};
    return fail(client_errc::key_type_unknown, name.data());
}

Result<PrivateKeyParts> take_apart(const EVP_PKEY* key) {
    ACREDITA_TRY(kind, kind_of(key));
    PrivateKeyParts parts{};
    parts.kind = kind;
    if (kind.type == CKK_RSA) {
        ACREDITA_CHECK(take_rsa(key, parts));
        return parts;
    }
    ACREDITA_TRY(curve, curve_oid(kind.bits));
    ACREDITA_TRY(scalar, private_part(key, OSSL_PKEY_PARAM_PRIV_KEY, (kind.bits + 7) / 8));
    ACREDITA_TRY(point, public_point(key));
    parts.curve = std::move(curve);
    parts.point = std::move(point);
    parts.scalar = std::move(scalar);
    return parts;
}

} // namespace acredita::client
