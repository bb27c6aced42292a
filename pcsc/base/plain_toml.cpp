// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/plain_toml.hpp"

#include <algorithm>
#include <string_view>

namespace acredita {

namespace {

// Letters outside of ASCII become '?' in comments and stay in strings. The line of the first one elsewhere,
// or of a string of several lines, which would make it hard to say where that is.
unsigned make_ascii(std::string& text) {
    unsigned line = 1;
    char quote = '\0';
    char before = '\0'; // the last that is no blank, on this line and outside of strings
    bool comment = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char& c = text[i];
        if (c == '\n') {
            ++line;
            quote = before = '\0';
            comment = false;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            if (!comment && quote == '\0') return line;
            if (comment) c = '?';
        } else if (comment) {
            continue;
        } else if (quote != '\0') {
            if (quote == '"' && c == '\\')
                ++i;
            else if (c == quote)
                quote = '\0';
        } else if (c == '#') {
            comment = true;
        } else {
            if (c == '"' || c == '\'') {
                if (std::string_view(text).substr(i, 3) == std::string(3, c)) return line;
                // Behind anything else it is part of a word that makes no sense.
                if (before == '\0' || std::string_view("=,[{.").find(before) != std::string_view::npos)
                    quote = c;
            }
            if (c != ' ' && c != '\t') before = c;
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
