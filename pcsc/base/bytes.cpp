// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/bytes.hpp"

#include <algorithm>
#include <optional>

namespace acredita {

namespace {

std::optional<std::uint8_t> digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    return std::nullopt;
}

} // namespace

std::string to_hex(ByteView bytes) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ' || text[i] == ':') {
            ++i;
            continue;
        }
        const auto high = digit(text[i]);
        const auto low = i + 1 < text.size() ? digit(text[i + 1]) : std::nullopt;
        if (!high || !low) return fail(bytes_errc::not_hex, "at character " + std::to_string(i));
        bytes.push_back(static_cast<std::uint8_t>((*high << 4U) | *low));
        i += 2;
    }
    return bytes;
}

Bytes concat(std::initializer_list<ByteView> parts) {
    Bytes all;
    std::size_t size = 0;
    for (const auto part : parts) size += part.size();
    all.reserve(size);
    for (const auto part : parts) append(all, part);
    return all;
}

bool equal(ByteView a, ByteView b) noexcept { return std::ranges::equal(a, b); }

} // namespace acredita
