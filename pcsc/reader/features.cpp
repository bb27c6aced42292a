// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/features.hpp"

#include <algorithm>

namespace acredita::reader {

namespace {

constexpr std::uint32_t get_feature_request = 0x42000000 + 3400; // SCARD_CTL_CODE of pcsc-lite
constexpr std::uint8_t feature_verify_direct = 0x06;
constexpr std::uint8_t feature_modify_direct = 0x07;
constexpr std::uint8_t feature_pin_properties = 0x0A; // what readers had before the list of properties
constexpr std::uint8_t feature_tlv_properties = 0x12;
constexpr std::uint8_t property_max_apdu_data = 0x0A;
constexpr std::uint32_t short_data = 256;

// Part 10 carries lists of tag, one length byte, value; nothing of BER.
std::vector<std::pair<std::uint8_t, ByteView>> split(ByteView list) {
    std::vector<std::pair<std::uint8_t, ByteView>> entries;
    while (list.size() >= 2 && list[1] <= list.size() - 2) {
        entries.emplace_back(list[0], list.subspan(2, list[1]));
        list = list.subspan(2U + list[1]);
    }
    return entries;
}

std::uint32_t big_endian(ByteView value) {
    std::uint32_t number = 0;
    for (const auto byte : value) number = (number << 8U) | byte;
    return number;
}

} // namespace

Result<Features> Features::of(Transaction& transaction) {
    ACREDITA_TRY(list, transaction.control(get_feature_request, {}));
    Features features;
    std::uint32_t properties = 0;
    std::uint32_t pin_properties = 0;
    for (const auto& [tag, value] : split(list)) {
        if (value.size() != 4) continue;
        if (tag == feature_verify_direct) features.verify = big_endian(value);
        if (tag == feature_modify_direct) features.modify = big_endian(value);
        if (tag == feature_pin_properties) pin_properties = big_endian(value);
        if (tag == feature_tlv_properties) properties = big_endian(value);
    }
    if (properties != 0)
        if (const auto told = transaction.control(properties, {})) features.properties = copy(*told);
    if (pin_properties != 0) // wLcdLayout, bEntryValidationCondition, bTimeOut2
        if (const auto told = transaction.control(pin_properties, {}); told && told->size() == 4)
            features.entry_ends = (*told)[2];
    return features;
}

std::optional<ByteView> Features::property(std::uint8_t tag) const {
    for (const auto& [its, value] : split(properties))
        if (its == tag) return value;
    return std::nullopt;
}

// The features come big-endian, the properties little-endian; 0 means short APDUs too.
bool Features::short_only() const {
    const auto told = property(property_max_apdu_data);
    if (!told || told->size() != 4) return false;
    Bytes turned(told->rbegin(), told->rend());
    return big_endian(turned) <= short_data;
}

} // namespace acredita::reader
