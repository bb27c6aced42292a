// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/openpgp_import.hpp"

#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect::openpgp {

namespace {

using card::card_errc;
using profile::ImportFormat;

constexpr std::uint8_t with_point = 0xFF;

struct Curve {
    unsigned bits;
    std::array<std::uint8_t, 8> oid; // without tag and length, zeros behind
    std::size_t size;
};
constexpr Curve curves[] = {
    {256, {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}, 8},
    {384, {0x2B, 0x81, 0x04, 0x00, 0x22}, 5},
    {521, {0x2B, 0x81, 0x04, 0x00, 0x23}, 5},
};

ByteView oid_of(const Curve& curve) { return ByteView(curve.oid).first(curve.size); }

bool is_rsa(ByteView attributes) { return attributes.size() >= 5 && attributes[0] == 0x01; }
ImportFormat format_of(ByteView attributes) {
    return attributes.size() > 5 && attributes[5] <= 3 ? static_cast<ImportFormat>(attributes[5])
                                                       : ImportFormat::standard;
}

// Lengths into 7F48, values into 5F48.
class Parts {
public:
    Result<void> add(std::uint8_t tag, ByteView number, std::size_t width) {
        const auto value = trimmed(number);
        if (value.empty() || value.size() > width)
            return fail(card_errc::algorithm_not_supported,
                        "a part of the key has " + std::to_string(value.size()) + " bytes");
        append(lengths_, tlv_header(tag, width));
        values_.insert(values_.end(), width - value.size(), 0);
        append(values_, value);
        return {};
    }
    void reserve(std::size_t size) { values_.reserve(size); }
    [[nodiscard]] ZeroingBytes header_list(Use use) const {
        const auto reference = control_reference(use);
        const auto lengths = make_tlv(0x7F48, lengths_);
        const auto values = tlv_header(0x5F48, values_.size());
        const auto inside = reference.size() + lengths.size() + values.size() + values_.size();
        ZeroingBytes list;
        list.reserve(inside + 8);
        append(list, tlv_header(0x4D, inside));
        append(list, reference);
        append(list, lengths);
        append(list, values);
        append(list, {values_.data(), values_.size()});
        return list;
    }

private:
    Bytes lengths_{};
    ZeroingBytes values_{};
};

Result<void> add_rsa(Parts& parts, ByteView attributes, const card::PrivateKey& key) {
    const auto exponent_bits = static_cast<unsigned>(attributes[3] << 8U | attributes[4]);
    const auto format = format_of(attributes);
    const std::size_t half = (key.bits / 2 + 7) / 8;
    parts.reserve(6 * half + 2 * half + 8);
    ACREDITA_CHECK(parts.add(0x91, key.exponent, (exponent_bits + 7) / 8));
    ACREDITA_CHECK(parts.add(0x92, key.p.view(), half));
    ACREDITA_CHECK(parts.add(0x93, key.q.view(), half));
    if (format == ImportFormat::crt || format == ImportFormat::crt_n) {
        ACREDITA_CHECK(parts.add(0x94, key.qinv.view(), half));
        ACREDITA_CHECK(parts.add(0x95, key.dp.view(), half));
        ACREDITA_CHECK(parts.add(0x96, key.dq.view(), half));
    }
    if (format == ImportFormat::standard_n || format == ImportFormat::crt_n)
        ACREDITA_CHECK(parts.add(0x97, product(trimmed(key.p.view()), trimmed(key.q.view())), 2 * half));
    return {};
}

} // namespace

Bytes control_reference(Use use) {
    switch (use) {
    case Use::sign:
        return {0xB6, 0x00};
    case Use::decipher:
        return {0xB8, 0x00};
    case Use::authenticate:
        break;
    }
    return {0xA4, 0x00};
}

std::optional<card::Algorithm> algorithm_of(ByteView attributes) noexcept {
    if (is_rsa(attributes))
        return card::Algorithm{card::KeyType::rsa,
                               static_cast<unsigned>(attributes[1] << 8U | attributes[2])};
    if (attributes.empty() || (attributes[0] != 0x12 && attributes[0] != 0x13)) return std::nullopt;
    auto oid = attributes.subspan(1);
    if (!oid.empty() && (oid.back() == with_point || oid.back() == 0x00)) oid = oid.first(oid.size() - 1);
    for (const auto& curve : curves)
        if (equal(oid_of(curve), oid)) return card::Algorithm{card::KeyType::ec, curve.bits};
    return std::nullopt;
}

Result<Bytes> attributes_for(const ApplicationData& data, const profile::Profile& profile, Use use,
                             const card::Algorithm& algorithm) {
    if (profile.find(algorithm) == nullptr)
        return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    const auto& now = data.key(use).attributes;
    if (algorithm_of(now) == algorithm) return now;
    if (!data.changes_attributes())
        return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    if (algorithm.type == card::KeyType::rsa) {
        // The lengths and the format that this card declares for another RSA key, if it has one.
        Bytes attributes{0x01,
                         0,
                         0,
                         static_cast<std::uint8_t>(profile.openpgp.exponent_bits >> 8U),
                         static_cast<std::uint8_t>(profile.openpgp.exponent_bits & 0xFFU),
                         static_cast<std::uint8_t>(profile.openpgp.format)};
        if (const auto shown = std::ranges::find_if(data.keys, is_rsa, &KeyFacts::attributes);
            shown != data.keys.end())
            attributes = shown->attributes;
        attributes[1] = static_cast<std::uint8_t>(algorithm.bits >> 8U);
        attributes[2] = static_cast<std::uint8_t>(algorithm.bits & 0xFFU);
        return attributes;
    }
    const auto* curve = std::ranges::find(curves, algorithm.bits, &Curve::bits);
    if (curve == std::end(curves))
        return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    Bytes attributes{static_cast<std::uint8_t>(use == Use::decipher ? 0x12 : 0x13)};
    append(attributes, oid_of(*curve));
    if (profile.openpgp.public_point) attributes.push_back(with_point);
    return attributes;
}

Result<ZeroingBytes> extended_header_list(Use use, ByteView attributes, const card::PrivateKey& key,
                                          ByteView point) {
    if (algorithm_of(attributes) != card::Algorithm{key.type, key.bits})
        return fail(card_errc::algorithm_not_supported, std::to_string(key.bits));
    Parts parts;
    if (key.type == card::KeyType::rsa) {
        ACREDITA_CHECK(add_rsa(parts, attributes, key));
        return parts.header_list(use);
    }
    const std::size_t width = (key.bits + 7) / 8;
    parts.reserve(3 * width + 1);
    ACREDITA_CHECK(parts.add(0x92, key.d.view(), width));
    if (attributes.back() == with_point) {
        if (point.size() != 2 * width + 1)
            return fail(card_errc::algorithm_not_supported, "the card wants the public point");
        ACREDITA_CHECK(parts.add(0x99, point, point.size()));
    }
    return parts.header_list(use);
}

} // namespace acredita::dialect::openpgp
