// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/shown.hpp"

#include <vector>

#include <utf8proc.h>

namespace acredita::stick {

namespace {

constexpr utf8proc_int32_t replacement = 0xFFFD;
constexpr utf8proc_int32_t ellipsis = 0x2026;
// A path has 4096 bytes at most; whatever is longer was made to be long.
constexpr std::size_t longest = 4096;

bool harmless(utf8proc_int32_t point) {
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

void append(std::string& text, utf8proc_int32_t point) {
    utf8proc_uint8_t bytes[4];
    const auto size = utf8proc_encode_char(point, bytes);
    for (utf8proc_ssize_t i = 0; i < size; ++i) text += static_cast<char>(bytes[i]);
}

} // namespace

std::string shown(std::string_view name, std::size_t most) {
    name = name.substr(0, longest);
    std::vector<utf8proc_int32_t> points;
    for (std::size_t at = 0; at < name.size();) {
        utf8proc_int32_t point = -1;
        const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()) + at,
                                           static_cast<utf8proc_ssize_t>(name.size() - at), &point);
        points.push_back(used > 0 && harmless(point) ? point : replacement);
        at += used > 0 ? static_cast<std::size_t>(used) : 1;
    }
    std::string text;
    const std::size_t end = most / 2;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points.size() > most && i == most - end - 1) {
            append(text, ellipsis);
            i = points.size() - end;
        }
        append(text, points[i]);
    }
    return text;
}

} // namespace acredita::stick
