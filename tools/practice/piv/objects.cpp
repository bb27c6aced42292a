// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Data objects: SP 800-73-4 part 2, 3.1.2 and 3.3.2.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/piv/application.hpp"
#include "tools/practice/piv/certificate.hpp"

#include <algorithm>
#include <array>

namespace acredita::practice::piv {

namespace {

constexpr std::uint32_t discovery = 0x7E;
constexpr std::uint32_t biometric_group = 0x7F61;
// Fingerprints, face, printed information, iris: part 1, table 2.
constexpr std::array<std::uint32_t, 4> behind_pin{0x5FC103, 0x5FC108, 0x5FC109, 0x5FC121};

std::optional<std::uint32_t> tag_of(ByteView name) {
    if (name.empty() || name.size() > 3) return std::nullopt;
    std::uint32_t tag = 0;
    for (const auto byte : name) tag = tag << 8 | byte;
    return tag;
}

// Part 1, 3.3.2: the PIV PIN alone opens the application.
Bytes discovery_object() { return from_hex("7E124F0BA0000003080000100001005F2F024000").value_or(Bytes{}); }

bool is_certificate(std::uint32_t tag) {
    return tag == 0x5FC105 || tag == 0x5FC10A || tag == 0x5FC10B || tag == 0x5FC101 ||
           (tag >= 0x5FC10D && tag <= 0x5FC120);
}

} // namespace

bool PivApplication::writable(std::uint32_t tag) const {
    if (firmware_.narrow_objects)
        return (tag >= 0x5FC100 && tag <= 0x5FC117) || tag == 0x5FFF00 || tag == 0x5FFF01;
    if (tag == biometric_group || (tag >= 0x5FC101 && tag <= 0x5FC123)) return true;
    return firmware_.yubico && tag >= 0x5FFF00 && tag <= 0x5FFFFF;
}

const Bytes& PivApplication::shown(std::uint32_t tag, const Bytes& stored) {
    if (!settings_.faults.other_certificate || !is_certificate(tag)) return stored;
    if (foreign_certificate_.empty()) foreign_certificate_ = foreign_certificate_object();
    return foreign_certificate_;
}

Answer PivApplication::get_data(const Command& command) {
    if (command.p1 != 0x3F || command.p2 != 0xFF) return status(0x6A86);
    const auto name = find_tlv(command.data, 0x5C);
    const auto tag = name ? tag_of(*name) : std::nullopt;
    if (!tag) return status(0x6A80);
    if (*tag == discovery) return {discovery_object()};
    if (std::find(behind_pin.begin(), behind_pin.end(), *tag) != behind_pin.end() && !security_.pin)
        return status(0x6982);
    const auto found = memory_.objects.find(*tag);
    if (found == memory_.objects.end()) return status(0x6A82);
    const auto& content = shown(*tag, found->second);
    return {*tag == biometric_group ? make_tlv(biometric_group, content) : make_tlv(0x53, content)};
}

Answer PivApplication::put_data(const Command& command) {
    if (command.p1 != 0x3F || command.p2 != 0xFF) return status(0x6A86);
    if (!security_.admin) return status(0x6982);
    TlvReader reader(command.data);
    const auto first = reader.next();
    if (!first) return status(0x6A80);
    // The biometric group template comes without 5C and 53 around it.
    const bool group = first->tag == biometric_group;
    const auto second = group ? first : reader.next();
    if (!second || !reader.at_end() || (!group && (first->tag != 0x5C || second->tag != 0x53)))
        return status(0x6A80);
    const auto tag = group ? std::optional(biometric_group) : tag_of(first->value);
    if (!tag) return status(0x6A80);
    if (!writable(*tag)) return status(0x6A81);
    if (second->whole.size() > settings_.object_limit) return status(0x6A84);
    if (second->value.empty())
        memory_.objects.erase(*tag);
    else
        memory_.objects[*tag] = copy(second->value);
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::piv
