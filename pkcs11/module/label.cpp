// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/label.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

// Bytes of the UTF-8 character at the start (RFC 3629, no surrogates or overlong forms), 0 if there is none.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(i < text.size() ? text[i] : 0);
    };
    const auto follows = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) {
        return byte(i) >= from && byte(i) <= to;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return text.empty() ? 0 : 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) &&
                       follows(3)
                   ? 4
                   : 0;
    return 0;
}

} // namespace

std::string clean_text(std::string_view text, std::size_t longest) {
    std::string clean;
    while (!text.empty()) {
        const auto size = character(text);
        const auto first = static_cast<unsigned char>(text.front());
        const bool shown = size > 1 || (size == 1 && first >= 0x20 && first != 0x7F);
        const auto piece = !shown                ? std::string_view("?")
                           : text.front() == ':' ? std::string_view("-")
                                                 : text.substr(0, size);
        if (clean.size() + piece.size() > longest) break;
        clean += piece;
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return clean;
}

std::string certificate_label(std::string_view common_name, std::string_view not_after,
                              std::string_view otherwise) {
    auto label = clean_text(common_name.empty() ? otherwise : common_name);
    const bool dated = not_after.size() >= 6 && std::ranges::all_of(not_after.substr(0, 6), [](char c) {
                           return c >= '0' && c <= '9';
                       });
    if (dated)
        label.append(" (")
            .append(not_after.substr(0, 4))
            .append("-")
            .append(not_after.substr(4, 2))
            .append(")");
    return label;
}

void put_text(std::span<unsigned char> field, std::string_view text) {
    const auto clean = clean_text(text, field.size());
    std::ranges::fill(field, ' ');
    std::ranges::copy(clean, field.begin());
}

} // namespace acredita::module
