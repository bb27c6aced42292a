// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/plain_toml.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace acredita {

namespace {

// Letters outside of ASCII become '?' in what looks like a comment; the line of the first one elsewhere. So
// none is left, even where quotes mislead this reader.
unsigned make_ascii(std::string& text) {
    unsigned line = 1;
    char quote = '\0';
    bool comment = false;
    for (auto& c : text) {
        if (c == '\n') {
            ++line;
            quote = '\0';
            comment = false;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            if (!comment) return line;
            c = '?';
        } else if (!comment && (c == '"' || c == '\'')) {
            quote = quote == '\0' ? c : quote == c ? '\0' : quote;
        } else if (c == '#' && quote == '\0') {
            comment = true;
        }
    }
    return 0;
}

// The first line that opens a table and does not go on with its name.
unsigned strange_header(std::string_view text) {
    unsigned line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto rest = text.substr(at, end - at);
        at = end + 1;
        const auto skip = [&](std::string_view what) {
            rest.remove_prefix(std::min(rest.find_first_not_of(what), rest.size()));
        };
        skip(" \t");
        if (!rest.starts_with('[')) continue;
        rest.remove_prefix(rest.starts_with("[[") ? 2 : 1);
        skip(" \t");
        const char first = rest.empty() ? '\0' : rest.front();
        const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                            (first >= '0' && first <= '9');
        if (!letter && std::string_view("_-\"'").find(first) == std::string_view::npos) return line;
    }
    return 0;
}

// The octets of the UTF-8 sequence that begins here (Unicode 15.0, table 3-7, but for the exclusions toml++
// makes itself), and what it encodes; 0 if it is none.
std::size_t sequence(std::string_view text, std::uint32_t& point) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || size > text.size()) return 0;
    point = first & (0x7FU >> size);
    for (const char c : text.substr(1, size - 1)) {
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) return 0;
        point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    }
    return size;
}

} // namespace

void escape_letters(std::string& text) {
    std::string escaped;
    bool string = false;
    bool comment = false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        std::uint32_t point = 0;
        const auto size = string && static_cast<unsigned char>(c) >= 0x80
                              ? sequence(std::string_view(text).substr(at), point)
                              : 0;
        if (size > 0) {
            char digits[11] = {};
            (void)std::snprintf(digits, sizeof digits, "\\U%08X", point);
            escaped += digits;
            at += size;
            continue;
        }
        if (c == '\n') string = comment = false;
        if (c == '"' && !comment) string = !string;
        if (c == '#' && !string) comment = true;
        escaped += c;
        ++at;
    }
    text = std::move(escaped);
}

unsigned make_plain_toml(std::string& text) {
    const auto line = make_ascii(text);
    return line != 0 ? line : strange_header(text);
}

} // namespace acredita
