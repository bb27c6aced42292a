// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/files/directory.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::practice::files {

namespace {

Bytes integer(std::size_t value) {
    Bytes bytes;
    for (; value != 0 || bytes.empty(); value >>= 8U)
        bytes.insert(bytes.begin(), static_cast<std::uint8_t>(value & 0xFF));
    if ((bytes.front() & 0x80U) != 0) bytes.insert(bytes.begin(), 0x00);
    return make_tlv(0x02, bytes);
}

// CommonObjectAttributes: label, flags (private), and who must have shown a PIN.
Bytes common(std::string_view label, std::uint8_t auth_id) {
    Bytes inner = make_tlv(0x0C, as_bytes(label));
    append_tlv(inner, 0x03, Bytes{0x07, static_cast<std::uint8_t>(auth_id == 0 ? 0x00 : 0x80)});
    if (auth_id != 0) append_tlv(inner, 0x04, Bytes{auth_id});
    return make_tlv(0x30, inner);
}

Bytes type_attributes(Bytes inner, bool without_sequence) {
    return make_tlv(0xA1, without_sequence ? inner : make_tlv(0x30, inner));
}

} // namespace

Bytes encode(const KeyEntry& entry) {
    auto inner = common(entry.label, entry.auth_id);
    Bytes key = make_tlv(0x04, entry.id);
    append_tlv(key, 0x03, Bytes{0x02, 0x34}); // usage: decrypt, sign, sign with recovery
    append_tlv(key, 0x03, Bytes{0x04, 0xB0}); // sensitive, always sensitive, never extractable
    append(key, integer(entry.reference));
    append_tlv(inner, 0x30, key);
    if (entry.empty_subclass) append_tlv(inner, 0xA0, {});
    const auto path = make_tlv(0x30, make_tlv(0x04, entry.path));
    append(inner, type_attributes(concat({path, integer(entry.modulus_length)}), entry.without_sequence));
    return make_tlv(0x30, inner);
}

Bytes encode(const CertificateEntry& entry) {
    auto inner = common(entry.label, 0);
    append_tlv(inner, 0x30, make_tlv(0x04, entry.id));
    if (entry.empty_subclass) append_tlv(inner, 0xA0, {});
    Bytes path = make_tlv(0x04, entry.path);
    if (entry.length != 0) {
        append(path, integer(0));
        auto length = integer(entry.length);
        length[0] = 0x80; // [0] instead of INTEGER
        append(path, length);
    }
    append(inner, type_attributes(make_tlv(0x30, path), entry.without_sequence));
    return make_tlv(0x30, inner);
}

Bytes padded_file(Bytes content, std::size_t size) {
    content.resize(std::max(content.size(), size), 0x00);
    return content;
}

} // namespace acredita::practice::files
