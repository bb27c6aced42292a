// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/entry.hpp"

#include <array>

namespace acredita::kiosk {

namespace {

constexpr std::size_t most_bytes = 4; // of one character in UTF-8, RFC 3629 clause 3

bool continues(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

bool allowed(char32_t character, bool digits_only) {
    if (digits_only) return character >= U'0' && character <= U'9';
    const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    return !control && !surrogate && character <= 0x10FFFF;
}

// How many bytes, written to `to`.
std::size_t encode(char32_t character, std::array<std::uint8_t, most_bytes>& to) {
    const auto tail = [&](unsigned shift) {
        return static_cast<std::uint8_t>(0x80U | ((character >> shift) & 0x3FU));
    };
    if (character < 0x80) {
        to = {static_cast<std::uint8_t>(character)};
        return 1;
    }
    if (character < 0x800) {
        to = {static_cast<std::uint8_t>(0xC0U | (character >> 6U)), tail(0)};
        return 2;
    }
    if (character < 0x10000) {
        to = {static_cast<std::uint8_t>(0xE0U | (character >> 12U)), tail(6), tail(0)};
        return 3;
    }
    to = {static_cast<std::uint8_t>(0xF0U | (character >> 18U)), tail(12), tail(6), tail(0)};
    return 4;
}

} // namespace

Entry::Entry(std::size_t limit, bool digits_only)
    : limit_(limit), digits_only_(digits_only), bytes_(limit * most_bytes) {}

bool Entry::add(char32_t character) noexcept {
    if (length_ == limit_ || !allowed(character, digits_only_)) return false;
    std::array<std::uint8_t, most_bytes> encoded{};
    const auto count = encode(character, encoded);
    bool fits = true;
    for (std::size_t i = 0; i < count; ++i) fits = bytes_.push_back(encoded[i]) && fits;
    explicit_bzero(encoded.data(), encoded.size());
    length_ += fits ? 1 : 0;
    return fits;
}

void Entry::erase() noexcept {
    if (length_ == 0) return;
    std::size_t size = bytes_.size() - 1;
    while (size > 0 && continues(bytes_.view()[size])) --size;
    (void)bytes_.resize(size);
    --length_;
}

void Entry::clear() noexcept {
    bytes_.clear();
    length_ = 0;
}

Secret Entry::take() {
    Secret next(limit_ * most_bytes);
    std::swap(next, bytes_);
    length_ = 0;
    return next;
}

std::optional<char32_t> Entry::at(std::size_t index) const noexcept {
    const auto bytes = bytes_.view();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (continues(bytes[i]) || index-- != 0) continue;
        const unsigned lead = bytes[i];
        char32_t character = lead < 0x80U   ? lead
                             : lead < 0xE0U ? lead & 0x1FU
                             : lead < 0xF0U ? lead & 0x0FU
                                            : lead & 0x07U;
        for (++i; i < bytes.size() && continues(bytes[i]); ++i)
            character = (character << 6U) | (bytes[i] & 0x3FU);
        return character;
    }
    return std::nullopt;
}

} // namespace acredita::kiosk
