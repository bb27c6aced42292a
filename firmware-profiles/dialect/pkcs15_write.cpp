// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15_write.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

namespace {

constexpr Tag boolean_tag = 0x01, integer_tag = 0x02, bits_tag = 0x03, octets_tag = 0x04,
              enumerated_tag = 0x0A, utf8_tag = 0x0C, time_tag = 0x18, sequence_tag = 0x30;

void put_number(Bytes& to, std::uint32_t value, Tag tag = integer_tag) {
    Bytes content;
    for (int shift = 24; shift >= 0; shift -= 8)
        if (!content.empty() || shift == 0 || (value >> static_cast<unsigned>(shift)) != 0)
            content.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
    if ((content.front() & 0x80U) != 0) content.insert(content.begin(), 0);
    append_tlv(to, tag, content);
}

// A BIT STRING of named bits ends with its last one that is set (X.690 11.2.2).
void put_bits(Bytes& to, std::uint16_t flags) {
    Bytes content{0};
    unsigned last = 0;
    for (unsigned bit = 0; bit < 16; ++bit) {
        if ((flags & (1U << bit)) == 0) continue;
        content.resize(2 + bit / 8, 0);
        content[1 + bit / 8] = static_cast<std::uint8_t>(content[1 + bit / 8] | (0x80U >> (bit % 8)));
        last = bit;
    }
    if (flags != 0) content.front() = static_cast<std::uint8_t>(7 - last % 8);
    append_tlv(to, bits_tag, content);
}

void put_text(Bytes& to, std::string_view text, Tag tag = utf8_tag) {
    if (!text.empty()) append_tlv(to, tag, as_bytes(text.substr(0, max_text)));
}

void put_path(Bytes& to, const Path& path) {
    Bytes content;
    append_tlv(content, octets_tag, path.files);
    if (path.offset && path.length) {
        put_number(content, *path.offset);
        put_number(content, *path.length, 0x80);
    }
    append_tlv(to, sequence_tag, content);
}

void put_value(Bytes& to, const Path& path, const Bytes& direct) {
    if (path.empty())
        append_tlv(to, 0xA0, direct);
    else
        put_path(to, path);
}

Bytes common_attributes(const Common& common) {
    Bytes content;
    put_text(content, common.label);
    const auto flags =
        static_cast<std::uint16_t>((common.is_private ? 1U : 0U) | (common.modifiable ? 2U : 0U));
    if (flags != 0) put_bits(content, flags);
    if (!common.auth_id.empty()) append_tlv(content, octets_tag, common.auth_id);
    if (common.asks_each_time) put_number(content, 1);
    return make_tlv(sequence_tag, content);
}

Bytes key_attributes(const Key& key) {
    Bytes content;
    append_tlv(content, octets_tag, key.id);
    put_bits(content, key.usage);
    if (!key.native) append_tlv(content, boolean_tag, Bytes{0x00});
    if (key.access != 0) put_bits(content, key.access);
    if (key.reference) put_number(content, *key.reference);
    return make_tlv(sequence_tag, content);
}

Bytes write_key(const Key& key) {
    Bytes typed;
    put_value(typed, key.path, key.value);
    if (key.bits != 0) put_number(typed, key.bits); // modulusLength, or fieldSize of an EC key
    const auto content = concat(
        {common_attributes(key.common), key_attributes(key), make_tlv(0xA1, make_tlv(sequence_tag, typed))});
    return make_tlv(key.type == card::KeyType::rsa ? sequence_tag : 0xA0, content);
}

} // namespace

Bytes write_entry(const Directory& directory) {
    Bytes content;
    put_value(content, directory.path, directory.entries);
    return make_tlv(0xA0 + static_cast<Tag>(directory.lists), content);
}

Bytes write_private_key(const Key& key) { return write_key(key); }
Bytes write_public_key(const Key& key) { return write_key(key); }

Bytes write_entry(const Certificate& certificate) {
    Bytes of_class;
    append_tlv(of_class, octets_tag, certificate.id);
    if (certificate.authority) append_tlv(of_class, boolean_tag, Bytes{0xFF});
    Bytes typed;
    put_value(typed, certificate.path, certificate.value);
    return make_tlv(sequence_tag,
                    concat({common_attributes(certificate.common), make_tlv(sequence_tag, of_class),
                            make_tlv(0xA1, make_tlv(sequence_tag, typed))}));
}

Bytes write_entry(const Pin& pin) {
    Bytes of_class;
    if (!pin.id.empty()) append_tlv(of_class, octets_tag, pin.id);
    Bytes typed;
    put_bits(typed, pin.flags);
    put_number(typed, static_cast<std::uint32_t>(pin.type), enumerated_tag);
    put_number(typed, pin.min);
    put_number(typed, pin.stored);
    if (pin.max != pin.stored) put_number(typed, pin.max);
    if (pin.reference != 0) put_number(typed, pin.reference, 0x80);
    if (pin.filler) append_tlv(typed, octets_tag, Bytes{*pin.filler});
    if (!pin.path.empty()) put_path(typed, pin.path);
    return make_tlv(sequence_tag, concat({common_attributes(pin.common), make_tlv(sequence_tag, of_class),
                                          make_tlv(0xA1, make_tlv(sequence_tag, typed))}));
}

Bytes write_token_info(const TokenInfo& info) {
    Bytes content;
    put_number(content, info.version);
    append_tlv(content, octets_tag, info.serial);
    put_text(content, info.manufacturer);
    put_text(content, info.label, 0x80);
    put_bits(content,
             static_cast<std::uint16_t>((info.read_only ? 1U : 0U) | (info.login_required ? 2U : 0U)));
    if (!info.last_update.empty()) {
        Bytes time;
        put_text(time, info.last_update, time_tag);
        append_tlv(content, 0xA5, time);
    }
    return make_tlv(sequence_tag, content);
}

Bytes write_application(ByteView aid, std::string_view label, ByteView path) {
    Bytes content;
    append_tlv(content, 0x4F, aid);
    if (!label.empty()) append_tlv(content, 0x50, as_bytes(label.substr(0, max_text)));
    append_tlv(content, 0x51, path);
    return make_tlv(0x61, content);
}

Bytes without(ByteView file, Span entry) {
    auto bytes = copy(file);
    const auto from = std::min(entry.offset, bytes.size());
    const auto size = std::min(entry.size, bytes.size() - from);
    const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(from);
    bytes.erase(first, first + static_cast<std::ptrdiff_t>(size));
    bytes.resize(file.size(), 0);
    return bytes;
}

} // namespace acredita::dialect::pkcs15
