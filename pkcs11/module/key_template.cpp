// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/key_template.hpp"

#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/ec_public.hpp"
#include "pkcs11/module/rsa_public.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

struct Curve {
    std::uint8_t oid[10];
    std::size_t size;
    unsigned bits;
};
constexpr Curve curves[] = {
    {{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}, 10, 256},
    {{0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22}, 7, 384},
    {{0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23}, 7, 521},
};

Result<unsigned> curve_bits(ByteView parameters) {
    for (const auto& curve : curves)
        if (equal(parameters, ByteView(curve.oid).first(curve.size))) return curve.bits;
    return fail(CKR_CURVE_NOT_SUPPORTED);
}

ByteView without_zeros(ByteView number) {
    return number.subspan(static_cast<std::size_t>(
        std::ranges::find_if(number, [](auto b) { return b != 0; }) - number.begin()));
}

Result<ByteView> required(const Template& given, CK_ATTRIBUTE_TYPE type) {
    const auto value = given.find(type);
    if (!value || value->empty()) return fail(CKR_TEMPLATE_INCOMPLETE);
    return without_zeros(*value);
}

Result<std::optional<card::KeyReference>> forced_place(const Template& given) {
    const auto value = given.find(CKA_ACREDITA_PLACE);
    if (!value) return std::optional<card::KeyReference>{};
    if (value->size() != 1) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    return std::optional(value->front());
}

// Things on a card are token objects that never leave it; a template that says otherwise asks for something
// else.
Result<void> check_storage(const Template& given) {
    if (!given.find_bool(CKA_TOKEN).value_or(false)) return fail(CKR_TEMPLATE_INCONSISTENT);
    return {};
}
Result<void> check_secrecy(const Template& given) {
    if (given.find_bool(CKA_EXTRACTABLE).value_or(false) || !given.find_bool(CKA_SENSITIVE).value_or(true))
        return fail(CKR_TEMPLATE_INCONSISTENT);
    return {};
}

// What the caller wants the object to be called, as far as he says so.
Attributes names_in(const Template& given, std::initializer_list<CK_ATTRIBUTE_TYPE> types) {
    Attributes names;
    for (const auto type : types)
        if (const auto value = given.find(type); value && !value->empty()) names.set(type, *value);
    return names;
}

Result<void> read_rsa(const Template& given, NewPrivateKey& to) {
    to.key.type = card::KeyType::rsa;
    ACREDITA_TRY(modulus, required(given, CKA_MODULUS));
    ACREDITA_TRY(exponent, required(given, CKA_PUBLIC_EXPONENT));
    to.key.exponent = copy(exponent);
    const std::pair<CK_ATTRIBUTE_TYPE, Secret*> parts[] = {{CKA_PRIME_1, &to.key.p},
                                                           {CKA_PRIME_2, &to.key.q},
                                                           {CKA_EXPONENT_1, &to.key.dp},
                                                           {CKA_EXPONENT_2, &to.key.dq},
                                                           {CKA_COEFFICIENT, &to.key.qinv}};
    for (const auto& [type, secret] : parts) {
        ACREDITA_TRY(value, required(given, type));
        *secret = Secret(value);
    }
    to.key.bits = bit_length(modulus);
    to.public_key = card::PublicKey{card::KeyType::rsa, to.key.bits, copy(modulus), copy(exponent), {}, {}};
    if (!is_product(modulus, to.key.p.view(), to.key.q.view())) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    return {};
}

Result<void> read_ec(const Template& given, NewPrivateKey& to) {
    to.key.type = card::KeyType::ec;
    ACREDITA_TRY(parameters, required(given, CKA_EC_PARAMS));
    ACREDITA_TRY(bits, curve_bits(parameters));
    ACREDITA_TRY(value, required(given, CKA_VALUE));
    if (value.size() > (bits + 7) / 8) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    to.key.bits = bits;
    to.key.curve_oid = copy(parameters);
    to.key.d = Secret(value);
    // Not an attribute of private keys, but callers who know the point may say it: DER OCTET STRING or bare.
    if (auto given_point = given.find(CKA_EC_POINT)) {
        ACREDITA_TRY(point, bare_point(*given_point, bits));
        to.key.point = point;
        to.public_key = card::PublicKey{card::KeyType::ec, bits, {}, {}, copy(parameters), std::move(point)};
    }
    return {};
}

} // namespace

Result<Bytes> bare_point(ByteView point, unsigned bits) {
    const auto size = 1 + 2 * ((bits + 7) / 8);
    const auto wrapped = find_tlv(point, 0x04);
    const auto bare = wrapped && wrapped->size() == size ? *wrapped : point;
    if (bare.size() != size || !is_on_curve(bits, bare)) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    return copy(bare);
}

Result<card::PublicKey> read_public_key_template(const Template& given) {
    const auto type = given.find_ulong(CKA_KEY_TYPE);
    if (!type) return fail(CKR_TEMPLATE_INCOMPLETE);
    if (*type == CKK_RSA) {
        ACREDITA_TRY(modulus, required(given, CKA_MODULUS));
        ACREDITA_TRY(exponent, required(given, CKA_PUBLIC_EXPONENT));
        const auto bits = bit_length(modulus);
        card::PublicKey key{card::KeyType::rsa, bits, copy(modulus), copy(exponent), {}, {}};
        // An odd modulus of a size that is used anywhere, and an exponent that can be one.
        if (bits < 512 || bits > 8192 || rsa_public(key, Bytes{1}).empty())
            return fail(CKR_ATTRIBUTE_VALUE_INVALID);
        return key;
    }
    if (*type != CKK_EC) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    ACREDITA_TRY(parameters, required(given, CKA_EC_PARAMS));
    ACREDITA_TRY(bits, curve_bits(parameters));
    const auto given_point = given.find(CKA_EC_POINT);
    if (!given_point) return fail(CKR_TEMPLATE_INCOMPLETE);
    ACREDITA_TRY(point, bare_point(*given_point, bits));
    return card::PublicKey{card::KeyType::ec, bits, {}, {}, copy(parameters), std::move(point)};
}

Result<NewCertificate> read_new_certificate(const Template& given) {
    ACREDITA_CHECK(check_storage(given));
    if (given.find_ulong(CKA_CERTIFICATE_TYPE).value_or(CKC_X_509) != CKC_X_509)
        return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    if (given.find_bool(CKA_PRIVATE).value_or(false) || given.find_bool(CKA_TRUSTED).value_or(false))
        return fail(CKR_TEMPLATE_INCONSISTENT);
    const auto value = given.find(CKA_VALUE);
    if (!value || value->empty()) return fail(CKR_TEMPLATE_INCOMPLETE);
    ACREDITA_TRY(place, forced_place(given));
    return NewCertificate{copy(*value), names_in(given, {CKA_ID, CKA_LABEL}), place};
}

Result<NewPrivateKey> read_new_private_key(const Template& given) {
    ACREDITA_CHECK(check_storage(given));
    ACREDITA_CHECK(check_secrecy(given));
    const auto type = given.find_ulong(CKA_KEY_TYPE);
    if (!type) return fail(CKR_TEMPLATE_INCOMPLETE);
    NewPrivateKey key;
    if (*type == CKK_RSA) {
        ACREDITA_CHECK(read_rsa(given, key));
    } else if (*type == CKK_EC) {
        ACREDITA_CHECK(read_ec(given, key));
    } else {
        return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    }
    ACREDITA_TRY(place, forced_place(given));
    key.place = place;
    key.named = names_in(given, {CKA_ID, CKA_LABEL, CKA_SUBJECT});
    key.always_authenticate = given.find_bool(CKA_ALWAYS_AUTHENTICATE).value_or(false);
    return key;
}

Result<NewKeyPair> read_new_key_pair(card::KeyType type, const Template& public_half,
                                     const Template& private_half) {
    ACREDITA_CHECK(check_storage(private_half));
    ACREDITA_CHECK(check_secrecy(private_half));
    NewKeyPair pair;
    pair.algorithm.type = type;
    if (type == card::KeyType::rsa) {
        const auto bits = public_half.find_ulong(CKA_MODULUS_BITS);
        if (!bits) return fail(CKR_TEMPLATE_INCOMPLETE);
        pair.algorithm.bits = static_cast<unsigned>(std::min<CK_ULONG>(*bits, 65536));
        const auto exponent = public_half.find(CKA_PUBLIC_EXPONENT);
        static constexpr std::uint8_t f4[] = {0x01, 0x00, 0x01};
        if (exponent && !equal(without_zeros(*exponent), f4)) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    } else {
        ACREDITA_TRY(parameters, required(public_half, CKA_EC_PARAMS));
        ACREDITA_TRY(bits, curve_bits(parameters));
        pair.algorithm.bits = bits;
    }
    ACREDITA_TRY(place, forced_place(private_half));
    pair.place = place;
    if (!place) {
        ACREDITA_TRY(public_place, forced_place(public_half));
        pair.place = public_place;
    }
    pair.private_named = names_in(private_half, {CKA_ID, CKA_LABEL, CKA_SUBJECT});
    pair.public_named = names_in(public_half, {CKA_ID, CKA_LABEL, CKA_SUBJECT});
    pair.always_authenticate = private_half.find_bool(CKA_ALWAYS_AUTHENTICATE).value_or(false);
    return pair;
}

} // namespace acredita::module
