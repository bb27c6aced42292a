// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/attributes.hpp"

#include "tools/p12/der.hpp"
#include "tools/p12/key.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

constexpr std::string_view local_key_id = "1.2.840.113549.1.9.21", provider_name = "1.3.6.1.4.1.311.17.1";
constexpr std::size_t most_attributes = 64;

// "Time " and a number of milliseconds.
bool is_time(ByteView id) {
    const auto text = as_text(id);
    return text.starts_with("Time ") && text.size() > 5 &&
           std::ranges::all_of(text.substr(5), [](char c) { return c >= '0' && c <= '9'; });
}

void read_identifier(ByteView id, AttributeHints& into) {
    constexpr std::uint8_t first[] = {1, 0, 0, 0};
    if (is_time(id)) into.time_identifier = true;
    if (equal(id, first)) into.counted_identifier = true;
    if (id.size() == 20) into.digest_identifier = true;
}

void read_value(std::string_view type, const Tlv& value, AttributeHints& into) {
    if (type == provider_name) into.provider_name = true;
    if (type == local_key_id && value.tag == tag::octets) read_identifier(value.value, into);
    if (bare_key(value.whole) || bare_key(value.value)) ++into.keys_in_attributes;
}

} // namespace

void read_attributes(ByteView set_content, AttributeHints& into) {
    Der attributes(set_content);
    for (std::size_t i = 0; i < most_attributes && !attributes.at_end(); ++i) {
        const auto content = attributes.take(tag::sequence, "attribute");
        if (!content) return;
        Der attribute(*content);
        const auto type = take_oid(attribute, "attribute type");
        const auto values = attribute.take(tag::set, "attribute values");
        if (!type || !values) continue;
        Der all(*values);
        for (std::size_t j = 0; j < most_attributes && !all.at_end(); ++j) {
            const auto value = all.any("attribute value");
            if (!value) break;
            read_value(*type, *value, into);
        }
    }
}

} // namespace acredita::p12
