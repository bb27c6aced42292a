// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/fuzz/arguments.hpp"

#include "tests/pkcs11/module/key_pair.hpp"

#include <cstring>

#include <openssl/core_names.h>

namespace acredita::fuzz {

namespace {

constexpr CK_ATTRIBUTE_TYPE types[] = {CKA_CLASS,
                                       CKA_TOKEN,
                                       CKA_PRIVATE,
                                       CKA_LABEL,
                                       CKA_VALUE,
                                       CKA_CERTIFICATE_TYPE,
                                       CKA_ISSUER,
                                       CKA_SERIAL_NUMBER,
                                       CKA_KEY_TYPE,
                                       CKA_SUBJECT,
                                       CKA_ID,
                                       CKA_SENSITIVE,
                                       CKA_SIGN,
                                       CKA_DECRYPT,
                                       CKA_DERIVE,
                                       CKA_START_DATE,
                                       CKA_END_DATE,
                                       CKA_MODULUS,
                                       CKA_MODULUS_BITS,
                                       CKA_PUBLIC_EXPONENT,
                                       CKA_PRIVATE_EXPONENT,
                                       CKA_PRIME_1,
                                       CKA_PRIME_2,
                                       CKA_EXPONENT_1,
                                       CKA_EXPONENT_2,
                                       CKA_COEFFICIENT,
                                       CKA_EXTRACTABLE,
                                       CKA_ALWAYS_AUTHENTICATE,
                                       CKA_EC_PARAMS,
                                       CKA_EC_POINT,
                                       CKA_MODIFIABLE,
                                       CKA_COPYABLE,
                                       CKA_DESTROYABLE,
                                       CKA_CERTIFICATE_CATEGORY,
                                       CKA_CHECK_VALUE,
                                       CKA_UNIQUE_ID,
                                       CKA_PROFILE_ID,
                                       CKA_ALLOWED_MECHANISMS,
                                       CKA_WRAP_TEMPLATE,
                                       CKA_ACREDITA_PLACE,
                                       CKA_ACREDITA_PLACES,
                                       CKA_ACREDITA_PIN_TRIES_LEFT,
                                       CKA_ACREDITA_PUK_TRIES_LEFT,
                                       CKA_ACREDITA_DESTINATION,
                                       CKA_ACREDITA_HOLDS_CERTIFICATE,
                                       CKA_ACREDITA_IMPORTABLE,
                                       CKA_ACREDITA_READER};

constexpr CK_OBJECT_CLASS classes[] = {CKO_CERTIFICATE, CKO_PRIVATE_KEY,   CKO_PUBLIC_KEY, CKO_DATA,
                                       CKO_PROFILE,     CKO_ACREDITA_CARD, CKO_SECRET_KEY, CKO_MECHANISM};

template <class T>
ByteView view(const T& value) {
    return {reinterpret_cast<const std::uint8_t*>(&value), sizeof value};
}

} // namespace

void Arguments::begin() { kept_.clear(); }

CK_BYTE_PTR Arguments::room(std::size_t size) {
    kept_.push_back(std::make_unique<std::uint8_t[]>(size));
    return kept_.back().get();
}

CK_BYTE_PTR Arguments::keep(ByteView bytes) {
    auto* to = room(bytes.size());
    std::ranges::copy(bytes, to);
    return to;
}

// Lengths that no memory has.
CK_ULONG Arguments::absurd(std::uint8_t which) const noexcept {
    static constexpr CK_ULONG all[] = {~0UL,       ~0UL - 1,        1UL << 63U, (1UL << 63U) - 1,
                                       1UL << 32U, (1UL << 31U) + 1};
    return all[which % std::size(all)];
}

CK_ULONG Arguments::number() {
    const auto how = feed_.byte();
    return how < 0xF0 ? how : how < 0xF8 ? feed_.word() : absurd(how);
}

Input Arguments::input() {
    static constexpr std::uint8_t text[32] = {0x30, 0x1E};
    const auto how = feed_.byte();
    if (how == 0) return {keep(text), sizeof text};
    if (how == 1) return {nullptr, 0};
    if (how == 2) return {nullptr, feed_.byte()};
    if (how == 3) return {keep(text), absurd(feed_.byte())};
    if (how == 4) return {room(feed_.word()), 0};
    if (how == 5) {
        const CK_ULONG size = feed_.word();
        return {room(size), size};
    }
    if (how == 6) return {room(256), 256}; // a whole block
    if (how == 7) return {keep(test::rsa_pair().encrypt(text, false)), 256};
    if (how == 8) return {keep(test::rsa_pair().encrypt(text, true)), 256};
    const auto bytes = feed_.chunk();
    return {keep(bytes), bytes.size()};
}

Input Arguments::pin() {
    static constexpr std::string_view known[] = {
        "123456", "12345678", "000000", "1234567", "", "010203040506070801020304050607080102030405060708"};
    const auto how = feed_.byte();
    if (how < std::size(known)) return {keep(as_bytes(known[how])), known[how].size()};
    if (how == 6) return {nullptr, 0};
    return input();
}

Output Arguments::output() {
    const auto how = feed_.byte();
    if (how == 1) return {nullptr, thing(CK_ULONG{0}), 0};
    if (how == 2) return {nullptr, nullptr, 0};
    if (how == 3) return {room(8), nullptr, 0};
    if (how == 4) return {nullptr, thing(absurd(feed_.byte())), 0};
    const CK_ULONG size = how == 0 ? 1024 : how < 0x80 ? how * 2U : feed_.word();
    return {room(size), thing(size), size};
}

CK_ATTRIBUTE Arguments::attribute(CK_ATTRIBUTE_TYPE type, ByteView value) {
    return {type, keep(value), value.size()};
}

CK_ATTRIBUTE Arguments::any_attribute() {
    const auto which = feed_.byte();
    const CK_ATTRIBUTE_TYPE type = which < 0xF0 ? types[which % std::size(types)] : number();
    const auto how = feed_.byte();
    const CK_ULONG number_value = feed_.byte();
    switch (how & 7U) {
    case 0:
        return attribute(type, view(number_value));
    case 1:
        return attribute(type, Bytes{static_cast<std::uint8_t>(number_value)});
    case 2:
        return {type, nullptr, 0};
    case 3:
        return {type, nullptr, number_value};
    case 4:
        return {type, room(8), absurd(how)};
    case 5:
        return attribute(type, view(classes[number_value % std::size(classes)]));
    default:
        return attribute(type, feed_.chunk());
    }
}

List Arguments::list(std::vector<CK_ATTRIBUTE> items) {
    const CK_ULONG count = items.size();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(items.data());
    // NOLINTNEXTLINE: kept as bytes like everything else, made by new and so aligned for anything
    return {reinterpret_cast<CK_ATTRIBUTE_PTR>(keep({bytes, count * sizeof(CK_ATTRIBUTE)})), count};
}

List Arguments::search() {
    const auto how = feed_.byte();
    if (how == 1) return {nullptr, 0};
    if (how == 2) return {nullptr, number()};
    if (how == 3) return {list({any_attribute()}).items, absurd(feed_.byte())};
    std::vector<CK_ATTRIBUTE> items;
    if (how != 4) items.push_back(attribute(CKA_CLASS, view(classes[how / 8U % std::size(classes)])));
    for (unsigned more = how == 0 ? 0 : how & 7U; more > 0; --more) items.push_back(any_attribute());
    return list(std::move(items));
}

List Arguments::creation() {
    const auto how = feed_.byte();
    std::vector<CK_ATTRIBUTE> items;
    const auto add = [&](CK_ATTRIBUTE_TYPE type, ByteView value) { items.push_back(attribute(type, value)); };
    const auto add_number = [&](CK_ATTRIBUTE_TYPE type, CK_ULONG value) { add(type, view(value)); };
    const auto& pair = (how & 1U) == 0 ? test::rsa_pair() : test::ec_pair();
    add(CKA_TOKEN, Bytes{CK_TRUE});
    switch (how >> 1U & 3U) {
    case 0:
        add_number(CKA_CLASS, CKO_CERTIFICATE);
        add_number(CKA_CERTIFICATE_TYPE, CKC_X_509);
        add(CKA_VALUE, pair.certificate);
        break;
    case 1:
        add_number(CKA_CLASS, CKO_PRIVATE_KEY);
        add_number(CKA_KEY_TYPE, (how & 1U) == 0 ? CKK_RSA : CKK_EC);
        if ((how & 1U) != 0) {
            add(CKA_EC_PARAMS, pair.public_key.curve_oid);
            add(CKA_VALUE, test::number(pair, OSSL_PKEY_PARAM_PRIV_KEY));
            break;
        }
        add(CKA_MODULUS, pair.public_key.modulus);
        add(CKA_PUBLIC_EXPONENT, pair.public_key.exponent);
        add(CKA_PRIME_1, test::number(pair, OSSL_PKEY_PARAM_RSA_FACTOR1));
        add(CKA_PRIME_2, test::number(pair, OSSL_PKEY_PARAM_RSA_FACTOR2));
        add(CKA_EXPONENT_1, test::number(pair, OSSL_PKEY_PARAM_RSA_EXPONENT1));
        add(CKA_EXPONENT_2, test::number(pair, OSSL_PKEY_PARAM_RSA_EXPONENT2));
        add(CKA_COEFFICIENT, test::number(pair, OSSL_PKEY_PARAM_RSA_COEFFICIENT1));
        break;
    case 2:
        add_number(CKA_CLASS, CKO_PUBLIC_KEY);
        add_number(CKA_KEY_TYPE, CKK_RSA);
        add(CKA_MODULUS, pair.public_key.modulus);
        break;
    default:
        items.clear();
    }
    for (unsigned more = how >> 3U & 7U; more > 0; --more) items.push_back(any_attribute());
    if ((how & 0x40U) != 0 && !items.empty())
        items.erase(items.begin() + feed_.byte() % static_cast<int>(items.size()));
    return list(std::move(items));
}

List Arguments::wanted() {
    const auto how = feed_.byte();
    if (how == 1) return {nullptr, number()};
    std::vector<CK_ATTRIBUTE> items;
    if (how == 0) {
        for (const auto type : types) items.push_back({type, nullptr, 0});
        return list(std::move(items));
    }
    for (unsigned i = 0; i < (how & 15U); ++i) {
        const auto which = feed_.byte();
        const CK_ATTRIBUTE_TYPE type = which < 0xF0 ? types[which % std::size(types)] : number();
        const CK_ULONG size = feed_.byte() * 16U;
        items.push_back({type, (which & 1U) != 0 ? room(size) : nullptr, size});
    }
    const auto made = list(std::move(items));
    return {made.items, how >= 0xF0 ? absurd(how) : made.count};
}

List Arguments::pair(bool public_half, bool rsa) {
    std::vector<CK_ATTRIBUTE> items;
    const auto how = feed_.byte();
    static constexpr std::uint8_t p256[] = {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
    const CK_ULONG bits = 2048;
    if (public_half && rsa) items.push_back(attribute(CKA_MODULUS_BITS, view(bits)));
    if (public_half && !rsa) items.push_back(attribute(CKA_EC_PARAMS, p256));
    for (unsigned more = how & 7U; more > 0; --more) items.push_back(any_attribute());
    return list(std::move(items));
}

} // namespace acredita::fuzz
