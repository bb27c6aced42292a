// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/entries.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

constexpr std::size_t most_entries = 64;
constexpr Tag integer = 0x02, octet_string = 0x04, utf8 = 0x0C, printable = 0x13, ia5 = 0x16, sequence = 0x30,
              length_tag = 0x80, type_attributes = 0xA1;

bool is_string(Tag tag) { return tag == octet_string || tag == utf8 || tag == printable || tag == ia5; }

// As text a path is at least two identifiers, for one alone could be meant as it is.
std::optional<Bytes> from_text(ByteView value) {
    std::string digits;
    for (const auto byte : value) {
        const auto c = static_cast<char>(byte);
        if (c == '\\' || c == '/') continue;
        const bool digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
        if (!digit) return std::nullopt;
        digits += c;
    }
    if (digits.size() < 8 || digits.size() % 4 != 0) return std::nullopt;
    auto path = from_hex(digits);
    return path ? std::optional(std::move(*path)) : std::nullopt;
}

Bytes path_of(ByteView value, profile::PathForm form) {
    if (form == profile::PathForm::text)
        if (auto path = from_text(value)) return std::move(*path);
    return copy(value);
}

std::optional<std::size_t> number(ByteView value, std::size_t most) {
    if (value.empty() || value.size() > 5) return std::nullopt;
    std::size_t sum = 0;
    for (const auto byte : value) sum = sum << 8U | byte;
    return sum <= most ? std::optional(sum) : std::nullopt;
}

// Path ::= SEQUENCE { path OCTET STRING, index INTEGER, length [0] INTEGER }, the first on the way down.
bool find_path(ByteView data, profile::PathForm form, ListEntry& to, unsigned depth = 0) {
    TlvReader reader(data);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return false;
        if (element->tag != sequence) continue;
        TlvReader inside(element->value);
        const auto first = inside.next();
        if (first && is_string(first->tag)) {
            to.path = path_of(first->value, form);
            if (const auto length = find_tlv(inside.rest(), length_tag)) to.length = number(*length, 0xFFFF);
            return true;
        }
        if (depth < 3 && find_path(element->value, form, to, depth + 1)) return true;
    }
    return false;
}

// The second SEQUENCE of an entry: CommonKeyAttributes or CommonCertificateAttributes.
void read_class_attributes(ByteView data, ListEntry& to) {
    TlvReader reader(data);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return;
        if (element->tag == octet_string && to.id.empty()) to.id = copy(element->value);
        if (element->tag == integer && !to.reference)
            if (const auto value = number(element->value, 0xFF))
                to.reference = static_cast<std::uint8_t>(*value);
    }
}

std::optional<ListEntry> read_entry(ByteView data, profile::PathForm form) {
    ListEntry entry;
    TlvReader reader(data);
    const auto common = reader.next();
    const auto own = reader.next();
    if (!common || !own || common->tag != sequence || own->tag != sequence) return std::nullopt;
    read_class_attributes(own->value, entry);
    if (const auto rest = find_tlv(reader.rest(), type_attributes)) (void)find_path(*rest, form, entry);
    return entry;
}

} // namespace

std::vector<ListEntry> read_list(ByteView file, profile::PathForm paths) {
    std::vector<ListEntry> entries;
    TlvReader reader(file);
    while (!reader.at_end() && entries.size() < most_entries) {
        if (reader.rest().front() == 0x00 || reader.rest().front() == 0xFF) break;
        const auto element = reader.next();
        if (!element) break;
        if (element->tag != sequence) continue;
        if (auto entry = read_entry(element->value, paths)) entries.push_back(std::move(*entry));
    }
    return entries;
}

ListPaths read_list_of_lists(ByteView file, profile::PathForm paths) {
    const auto path_in = [&](Tag tag) {
        ListEntry entry;
        if (const auto list = find_tlv(file, tag)) (void)find_path(*list, paths, entry);
        return entry.path;
    };
    return {path_in(0xA0), path_in(0xA4)};
}

} // namespace acredita::dialect
