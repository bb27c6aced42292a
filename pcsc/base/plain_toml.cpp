// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/plain_toml.hpp"

#include <algorithm>
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

} // namespace

unsigned make_plain_toml(std::string& text) {
    const auto line = make_ascii(text);
    return line != 0 ? line : strange_header(text);
}

} // namespace acredita
