// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/public_key.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace acredita::dialect {

namespace {

using card::card_errc;

struct Curve {
    unsigned bits;
    std::array<std::uint8_t, 10> oid; // with tag and length, zeros behind
};

// SEC 2, annex A.2; RFC 5480 2.1.1.1.
constexpr Curve curves[] = {
    {256, {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}},
    {384, {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22}},
    {521, {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23}},
};

ByteView oid_of(const Curve& curve) { return ByteView(curve.oid).first(curve.oid[1] + 2U); }
std::size_t width_of(const Curve& curve) { return (curve.bits + 7) / 8; }

} // namespace

ByteView trimmed(ByteView number) noexcept {
    while (!number.empty() && number.front() == 0) number = number.subspan(1);
    return number;
}

Result<card::PublicKey> rsa_key(ByteView modulus, ByteView exponent) {
    const auto n = trimmed(modulus);
    const auto e = trimmed(exponent);
    if (n.size() < 64 || n.size() > 2048 || e.empty() || e.size() > 32 || (e.back() & 1U) == 0)
        return fail(card_errc::answer_malformed, "RSA public key");
    const auto bits = n.size() * 8 - static_cast<std::size_t>(std::countl_zero(n.front()));
    return card::PublicKey{.type = card::KeyType::rsa,
                           .bits = static_cast<unsigned>(bits),
                           .modulus = copy(n),
                           .exponent = copy(e)};
}

Result<card::PublicKey> ec_key(ByteView point) {
    for (const auto& curve : curves)
        if (point.size() == 2 * width_of(curve) + 1) return ec_key(oid_of(curve), point);
    return fail(card_errc::answer_malformed, "EC point");
}

Result<card::PublicKey> ec_key(ByteView curve_oid, ByteView point) {
    const auto curve = std::find_if(std::begin(curves), std::end(curves),
                                    [&](const Curve& one) { return equal(oid_of(one), curve_oid); });
    if (curve == std::end(curves) || point.size() != 2 * width_of(*curve) + 1 || point.front() != 0x04)
        return fail(card_errc::answer_malformed, "EC public key");
    return card::PublicKey{
        .type = card::KeyType::ec, .bits = curve->bits, .curve_oid = copy(curve_oid), .point = copy(point)};
}

Result<ZeroingBytes> raw_ecdsa(ByteView der, std::size_t field) {
    TlvReader outer(der);
    const auto sequence = outer.next();
    if (!sequence || sequence->tag != 0x30 || !outer.at_end())
        return fail(card_errc::answer_malformed, "signature");
    ZeroingBytes raw(2 * field, 0);
    TlvReader inner(sequence->value);
    for (std::size_t end = field; end <= 2 * field; end += field) {
        const auto number = inner.next();
        if (!number || number->tag != 0x02) return fail(card_errc::answer_malformed, "signature");
        const auto value = trimmed(number->value);
        if (value.empty() || value.size() > field) return fail(card_errc::answer_malformed, "signature");
        std::copy(value.begin(), value.end(), raw.begin() + static_cast<std::ptrdiff_t>(end - value.size()));
    }
    if (!inner.at_end()) return fail(card_errc::answer_malformed, "signature");
    return raw;
}

// By hand: the module has no library for large numbers.
Bytes product(ByteView a, ByteView b) {
    std::vector<std::uint32_t> columns(a.size() + b.size(), 0);
    for (std::size_t i = a.size(); i-- > 0;) {
        std::uint32_t carry = 0;
        for (std::size_t j = b.size(); j-- > 0;) {
            auto& column = columns[i + j + 1];
            const std::uint32_t sum = column + std::uint32_t{a[i]} * b[j] + carry;
            column = sum & 0xFFU;
            carry = sum >> 8U;
        }
        columns[i] += carry;
    }
    return {columns.begin(), columns.end()};
}

std::optional<card::PublicKey> public_half(const card::PrivateKey& key) {
    if (key.type == card::KeyType::rsa) {
        const auto modulus = product(trimmed(key.p.view()), trimmed(key.q.view()));
        return card::PublicKey{.type = card::KeyType::rsa,
                               .bits = key.bits,
                               .modulus = copy(trimmed(modulus)),
                               .exponent = copy(trimmed(key.exponent))};
    }
    if (key.point.empty()) return std::nullopt;
    auto half = ec_key(key.point);
    return half ? std::optional(std::move(*half)) : std::nullopt;
}

} // namespace acredita::dialect
