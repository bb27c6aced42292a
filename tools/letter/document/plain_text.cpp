// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/plain_text.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <utf8proc.h>

namespace acredita::letter {

namespace {

constexpr std::size_t largest_file = 64 * 1024;

// Letters outside of ASCII as the escapes of a TOML basic string (TOML 1.0.0, String), so that what reaches
// the parser is plain; outside of such a string an escape is a mistake like any other. Multi-line strings
// work the same; literal ones ('...') would show the escape.
Result<std::string> escaped(const std::string& text) {
    std::string out;
    out.reserve(text.size() * 2);
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t point = 0;
        const auto used = utf8proc_iterate(at, left, &point);
        if (used <= 0) return fail(document_errc::bad_template, "UTF-8");
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else {
            char escape[11];
            std::snprintf(escape, sizeof escape, "\\U%08X", static_cast<unsigned>(point));
            out += escape;
        }
        at += used;
        left -= used;
    }
    return out;
}

} // namespace

Result<toml::table> parse_words(const std::string& text) {
    if (text.size() > largest_file) return fail(document_errc::bad_template, "too large");
    ACREDITA_TRY(plain, escaped(text));
    if (const auto line = make_plain_toml(plain); line != 0)
        return fail(document_errc::bad_template, "line " + std::to_string(line));
    auto parsed = toml::parse(std::string_view(plain));
    if (!parsed)
        return fail(document_errc::bad_template,
                    "line " + std::to_string(parsed.error().source().begin.line));
    return std::move(parsed).table();
}

Result<std::string> read_words(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(largest_file + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (text.empty()) return fail(document_errc::bad_template, file.filename().string());
    return text;
}

Error in_file(const std::filesystem::path& file, Error error) {
    error.detail = file.filename().string() + ": " + error.detail;
    return error;
}

} // namespace acredita::letter
