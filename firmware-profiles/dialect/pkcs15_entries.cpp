// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15_entries.hpp"

#include "firmware-profiles/dialect/pkcs15_fields.hpp"

namespace acredita::dialect::pkcs15 {

namespace {

constexpr Tag boolean_tag = 0x01, integer_tag = 0x02, bits_tag = 0x03, octets_tag = 0x04, utf8_tag = 0x0C,
              enumerated_tag = 0x0A, sequence_tag = 0x30, type_tag = 0xA1;

// 8.2.7 PKCS15Object: common attributes, those of the class, of the subclass [0] and of the type [1].
struct Parts {
    Common common{};
    ByteView of_class{};
    ByteView of_type{}; // what stands inside the SEQUENCE inside [1]
};

Common common_attributes(ByteView data) {
    Fields in(data);
    Common common;
    if (const auto label = in.take(utf8_tag)) common.label = text(*label);
    if (const auto bits = in.take(bits_tag)) {
        common.is_private = (flags(*bits) & 1U) != 0;
        common.modifiable = (flags(*bits) & 2U) != 0;
    }
    if (const auto id = in.take(octets_tag)) common.auth_id = identifier(*id);
    if (const auto consent = in.take(integer_tag)) common.asks_each_time = number(*consent).value_or(1) != 0;
    return common;
}

std::optional<Parts> parts_of(ByteView entry) {
    Fields in(entry);
    Parts parts;
    const auto common = in.take(sequence_tag);
    const auto of_class = in.take(sequence_tag);
    if (!common || !of_class) return std::nullopt;
    parts.common = common_attributes(*common);
    parts.of_class = *of_class;
    const auto of_type = in.seek(type_tag);
    if (!of_type || in.next()) return std::nullopt; // what stands behind belongs to the next entry
    Fields typed(*of_type);
    const auto inner = typed.take(sequence_tag);
    if (!inner) return std::nullopt;
    parts.of_type = *inner;
    return parts;
}

// 8.4.1 CommonKeyAttributes
bool key_attributes(ByteView data, Key& key) {
    Fields in(data);
    const auto id = in.take(octets_tag);
    if (!id) return false;
    key.id = identifier(*id);
    if (const auto bits = in.take(bits_tag)) key.usage = flags(*bits);
    if (const auto native = in.take(boolean_tag)) key.native = !native->empty() && native->front() != 0;
    if (const auto bits = in.take(bits_tag)) key.access = flags(*bits);
    if (const auto reference = in.take(integer_tag)) key.reference = number(*reference);
    return true;
}

// 8.5, 8.6: RSA is the untagged choice, EC is [0]; others are of no use here.
std::optional<Key> key_entry(const Tlv& entry, bool is_public) {
    if (entry.tag != sequence_tag && entry.tag != 0xA0) return std::nullopt;
    const auto parts = parts_of(entry.value);
    if (!parts) return std::nullopt;
    Key key{.common = parts->common};
    key.type = entry.tag == sequence_tag ? card::KeyType::rsa : card::KeyType::ec;
    if (!key_attributes(parts->of_class, key)) return std::nullopt;
    Fields in(parts->of_type);
    auto where = value(in);
    key.path = std::move(where.path);
    if (is_public) key.value = std::move(where.direct);
    if (const auto bits = in.take(integer_tag)) key.bits = number(*bits).value_or(0);
    return key;
}

} // namespace

std::optional<Directory> directory_entry(const Tlv& entry) {
    if (entry.tag < 0xA0 || entry.tag > 0xA0 + static_cast<Tag>(Lists::pins)) return std::nullopt;
    Directory found{.lists = static_cast<Lists>(entry.tag - 0xA0)};
    Fields in(entry.value);
    auto where = value(in);
    if (where.path.empty() && where.direct.empty()) return std::nullopt;
    found.path = std::move(where.path);
    found.entries = std::move(where.direct);
    return found;
}

std::optional<Key> private_key_entry(const Tlv& entry) { return key_entry(entry, false); }
std::optional<Key> public_key_entry(const Tlv& entry) { return key_entry(entry, true); }

// 8.7: X.509 is the untagged choice.
std::optional<Certificate> certificate_entry(const Tlv& entry) {
    if (entry.tag != sequence_tag) return std::nullopt;
    const auto parts = parts_of(entry.value);
    if (!parts) return std::nullopt;
    Certificate found{.common = parts->common};
    Fields of_class(parts->of_class);
    const auto id = of_class.take(octets_tag);
    if (!id) return std::nullopt;
    found.id = identifier(*id);
    if (const auto authority = of_class.take(boolean_tag))
        found.authority = !authority->empty() && authority->front() != 0;
    Fields in(parts->of_type);
    auto where = value(in);
    if (where.path.empty() && where.direct.empty()) return std::nullopt;
    found.path = std::move(where.path);
    found.value = std::move(where.direct);
    return found;
}

// 8.8: opaque objects only; [1] holds the value itself, without a SEQUENCE of its own.
std::optional<Data> data_entry(const Tlv& entry) {
    if (entry.tag != sequence_tag) return std::nullopt;
    Fields in(entry.value);
    const auto common = in.take(sequence_tag);
    const auto of_class = in.take(sequence_tag);
    const auto of_type = in.seek(type_tag);
    if (!common || !of_class || !of_type || in.next()) return std::nullopt;
    Data found{.common = common_attributes(*common)};
    Fields named(*of_class);
    if (const auto application = named.take(utf8_tag)) found.application = text(*application);
    Fields typed(*of_type);
    auto where = value(typed);
    if (where.path.empty() && where.direct.empty()) return std::nullopt;
    found.path = std::move(where.path);
    found.value = std::move(where.direct);
    return found;
}

// 8.9.2 PinAttributes; other ways to log in are of no use here.
std::optional<Pin> pin_entry(const Tlv& entry) {
    if (entry.tag != sequence_tag) return std::nullopt;
    const auto parts = parts_of(entry.value);
    if (!parts) return std::nullopt;
    Pin pin{.common = parts->common};
    Fields of_class(parts->of_class);
    if (const auto id = of_class.take(octets_tag)) pin.id = identifier(*id);
    Fields in(parts->of_type);
    const auto bits = in.take(bits_tag);
    const auto type = in.take(enumerated_tag);
    const auto min = in.take(integer_tag);
    const auto stored = in.take(integer_tag);
    if (!bits || !type || !min || !stored) return std::nullopt;
    const auto kind = number(*type);
    if (!kind || *kind > static_cast<std::uint32_t>(PinType::iso9564_1)) return std::nullopt;
    pin.flags = flags(*bits);
    pin.type = static_cast<PinType>(*kind);
    pin.min = number(*min).value_or(0);
    pin.stored = number(*stored).value_or(0);
    pin.max = pin.stored;
    if (const auto max = in.take(integer_tag)) pin.max = number(*max).value_or(pin.stored);
    // [0] DEFAULT 0. Some cards write it with a sign: one byte more.
    if (const auto reference = in.take(0x80))
        pin.reference = static_cast<std::uint8_t>(number(*reference).value_or(0));
    if (const auto filler = in.take(octets_tag); filler && filler->size() == 1) pin.filler = filler->front();
    if (const auto where = in.seek(sequence_tag)) pin.path = path(*where);
    return pin;
}

} // namespace acredita::dialect::pkcs15
