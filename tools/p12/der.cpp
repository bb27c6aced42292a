// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/der.hpp"

#include "tools/p12/errc.hpp"

#include <algorithm>
#include <limits>

namespace acredita::p12 {

namespace {

constexpr std::size_t longest_oid = 64;

auto damaged(const char* what) { return fail(p12_errc::damaged, what); }

} // namespace

Tag Der::peek() const {
    TlvReader reader(rest_);
    const auto element = reader.at_end() ? Result<Tlv>(Tlv{}) : reader.next();
    return element ? element->tag : 0;
}

Result<Tlv> Der::any(const char* what) {
    TlvReader reader(rest_);
    const auto element = reader.next();
    if (!element) return damaged(what);
    rest_ = reader.rest();
    return *element;
}

Result<ByteView> Der::take(Tag tag, const char* what) {
    ACREDITA_TRY(element, any(what));
    if (element.tag != tag) return damaged(what);
    return element.value;
}

std::optional<std::string> dotted(ByteView oid) {
    if (oid.empty() || oid.size() > longest_oid || (oid.back() & 0x80U) != 0) return std::nullopt;
    std::string text;
    std::uint64_t arc = 0;
    for (const auto byte : oid) {
        if (arc > (std::numeric_limits<std::uint64_t>::max() >> 7U)) return std::nullopt;
        arc = (arc << 7U) | (byte & 0x7FU);
        if ((byte & 0x80U) != 0) continue;
        if (text.empty()) {
            const auto top = std::min<std::uint64_t>(arc / 40, 2);
            text = std::to_string(top) + '.' + std::to_string(arc - top * 40);
        } else {
            text += '.' + std::to_string(arc);
        }
        arc = 0;
    }
    return text;
}

Result<std::string> take_oid(Der& from, const char* what) {
    ACREDITA_TRY(content, from.take(tag::oid, what));
    auto text = dotted(content);
    if (!text) return damaged(what);
    return *std::move(text);
}

Result<AlgorithmId> take_algorithm(Der& from, const char* what) {
    ACREDITA_TRY(content, from.take(tag::sequence, what));
    Der inside(content);
    ACREDITA_TRY(oid, take_oid(inside, what));
    AlgorithmId found{std::move(oid), {}};
    if (!inside.at_end()) {
        ACREDITA_TRY(parameters, inside.any(what));
        found.parameters = parameters.whole;
    }
    return found;
}

Result<std::uint64_t> take_number(Der& from, const char* what) {
    ACREDITA_TRY(content, from.take(tag::integer, what));
    if (content.empty() || (content.front() & 0x80U) != 0) return damaged(what);
    std::uint64_t number = 0;
    for (const auto byte : content) {
        if (number >> 56U != 0) return std::numeric_limits<std::uint64_t>::max();
        number = (number << 8U) | byte;
    }
    return number;
}

} // namespace acredita::p12
