// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/passwords.hpp"

#include <algorithm>
#include <optional>

#include <utf8proc.h>

namespace acredita::p12 {

namespace {

using CodePoints = std::vector<std::int32_t, ZeroingAllocator<std::int32_t>>;

constexpr std::int32_t windows_1252_upper[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

std::int32_t from_windows_1252(std::uint8_t octet) {
    return octet >= 0x80 && octet < 0xA0 ? windows_1252_upper[octet - 0x80] : octet;
}

std::optional<std::uint8_t> to_windows_1252(std::int32_t point) {
    if (point < 0x80 || (point >= 0xA0 && point < 0x100)) return static_cast<std::uint8_t>(point);
    const auto* found = std::ranges::find(windows_1252_upper, point);
    if (found == std::end(windows_1252_upper)) return std::nullopt;
    return static_cast<std::uint8_t>(0x80 + (found - std::begin(windows_1252_upper)));
}

// The characters behind the octets a keyboard or a file gave: UTF-8 if it is that, else Windows-1252.
CodePoints decode(ByteView typed) {
    CodePoints points;
    for (std::size_t at = 0; at < typed.size();) {
        utf8proc_int32_t point = -1;
        const auto used =
            utf8proc_iterate(typed.data() + at, static_cast<utf8proc_ssize_t>(typed.size() - at), &point);
        if (used <= 0) {
            points.clear();
            for (const auto octet : typed) points.push_back(from_windows_1252(octet));
            return points;
        }
        points.push_back(point);
        at += static_cast<std::size_t>(used);
    }
    return points;
}

CodePoints normalised(const CodePoints& from, bool compose) {
    CodePoints points;
    for (const auto point : from) {
        utf8proc_int32_t parts[32] = {};
        int boundary = 0;
        const auto count = utf8proc_decompose_char(point, parts, 32, UTF8PROC_DECOMPOSE, &boundary);
        if (count < 0 || count > 32) return from;
        points.insert(points.end(), parts, parts + count);
        explicit_bzero(parts, sizeof parts);
    }
    // Canonical order of combining marks (Unicode 15.0, 3.11 D109): a stable sort of every run that is not a
    // starter.
    const auto combining = [](std::int32_t point) { return utf8proc_get_property(point)->combining_class; };
    for (auto run = points.begin(); run != points.end();) {
        const auto end = std::find_if(run, points.end(), [&](auto point) { return combining(point) == 0; });
        for (auto i = run; i != end; ++i)
            for (auto j = i; j != run && combining(*j) < combining(*(j - 1)); --j) std::iter_swap(j, j - 1);
        run = end == points.end() ? end : end + 1;
    }
    if (!compose || points.empty()) return points;
    const auto size = utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                                               UTF8PROC_COMPOSE);
    if (size >= 0) points.resize(static_cast<std::size_t>(size));
    return points;
}

void push_unit(ZeroingBytes& wide, std::uint32_t unit) {
    wide.push_back(static_cast<std::uint8_t>(unit >> 8U));
    wide.push_back(static_cast<std::uint8_t>(unit));
}

ZeroingBytes to_wide(const CodePoints& points) {
    ZeroingBytes wide;
    for (const auto point : points) {
        auto value = static_cast<std::uint32_t>(point);
        if (value >= 0x10000U) {
            value -= 0x10000U;
            push_unit(wide, 0xD800U + (value >> 10U));
            push_unit(wide, 0xDC00U + (value & 0x3FFU));
        } else {
            push_unit(wide, value);
        }
    }
    push_unit(wide, 0);
    return wide;
}

ZeroingBytes to_utf8(const CodePoints& points) {
    ZeroingBytes octets;
    for (const auto point : points) {
        utf8proc_uint8_t encoded[4] = {};
        const auto size = utf8proc_encode_char(point, encoded);
        octets.insert(octets.end(), encoded, encoded + size);
        explicit_bzero(encoded, sizeof encoded);
    }
    return octets;
}

ZeroingBytes widened(const ZeroingBytes& octets) {
    ZeroingBytes wide;
    for (const auto octet : octets) push_unit(wide, octet);
    push_unit(wide, 0);
    return wide;
}

std::optional<ZeroingBytes> to_windows_1252(const CodePoints& points) {
    ZeroingBytes octets;
    for (const auto point : points) {
        const auto octet = to_windows_1252(point);
        if (!octet) return std::nullopt;
        octets.push_back(*octet);
    }
    return octets;
}

CodePoints trimmed(const CodePoints& points) {
    const auto blank = [](std::int32_t point) {
        return point == ' ' || point == '\t' || point == '\r' || point == '\n' || point == 0xA0 ||
               point == 0x200B || point == 0x202F || point == 0xFEFF;
    };
    const auto first = std::find_if_not(points.begin(), points.end(), blank);
    const auto last = std::find_if_not(points.rbegin(), points.rend(), blank).base();
    return first < last ? CodePoints(first, last) : CodePoints();
}

void add(std::vector<Candidate>& list, PasswordForm form, ZeroingBytes wide, ZeroingBytes octets) {
    const auto same = [&](const Candidate& other) { return other.wide == wide && other.octets == octets; };
    if (std::ranges::none_of(list, same)) list.push_back({form, std::move(wide), std::move(octets)});
}

} // namespace

std::vector<Candidate> candidates(const Secret& typed) {
    std::vector<Candidate> list;
    const auto points = normalised(decode(typed.view()), true);
    const auto utf8 = to_utf8(points);
    add(list, PasswordForm::typed, to_wide(points), utf8);
    if (typed.empty()) add(list, PasswordForm::empty_without_terminator, {}, {});
    const auto decomposed = normalised(points, false);
    add(list, PasswordForm::decomposed, to_wide(decomposed), to_utf8(decomposed));
    add(list, PasswordForm::widened_utf8, widened(utf8), utf8);
    if (auto narrow = to_windows_1252(points))
        add(list, PasswordForm::windows_1252, widened(*narrow), *narrow);
    const auto bare = trimmed(points);
    add(list, PasswordForm::trimmed, to_wide(bare), to_utf8(bare));
    return list;
}

} // namespace acredita::p12
