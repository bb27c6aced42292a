// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/canonical.hpp"

#include <algorithm>
#include <charconv>

namespace acredita::office {
namespace {

// RFC 8259 section 7: the letters with a short escape, and what follows the backslash.
constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
constexpr std::string_view letters = "\"\\bfnrt";
constexpr std::string_view hexadecimal = "0123456789abcdef";

bool plain(char c) noexcept { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

bool names_a_fact(std::string_view name) noexcept {
    return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// The length of the UTF-8 sequence at the beginning, 0 if there is none (RFC 3629 section 4).
std::size_t sequence(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(i < text.size() ? text[i] : 0);
    };
    const auto tail = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) {
        return byte(i) >= from && byte(i) <= to;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return tail(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return tail(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4
                                                                                                       : 0;
    return 0;
}

} // namespace

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto length = sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string as_utf8(std::string_view text) {
    std::string whole;
    while (!text.empty()) {
        const auto length = sequence(text);
        whole += length == 0 ? "?" : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return whole;
}

void append_text(std::string& to, std::string_view text) {
    to += '"';
    for (const char c : text) {
        if (plain(c)) {
            to += c;
        } else if (const auto at = escaped.find(c); at != std::string_view::npos) {
            to += '\\';
            to += letters[at];
        } else {
            const auto value = static_cast<unsigned char>(c);
            to += "\\u00";
            to += hexadecimal[value >> 4U];
            to += hexadecimal[value & 15U];
        }
    }
    to += '"';
}

void append_facts(std::string& to, const Facts& facts) {
    to += '{';
    for (bool first = true; const auto& [name, value] : facts) {
        if (!first) to += ',';
        first = false;
        append_text(to, name);
        to += ':';
        append_text(to, value);
    }
    to += '}';
}

void Scanner::literal(std::string_view expected) noexcept {
    ok_ = ok_ && rest_.starts_with(expected);
    if (ok_) rest_.remove_prefix(expected.size());
}

std::int64_t Scanner::number() noexcept {
    std::int64_t value = 0;
    const auto [end, trouble] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto size = static_cast<std::size_t>(end - rest_.data());
    // One spelling: no sign, no zero in front.
    ok_ = ok_ && trouble == std::errc() && value >= 0 && rest_.front() != '-' &&
          (size == 1 || rest_.front() != '0');
    if (ok_) rest_.remove_prefix(size);
    return value;
}

void Scanner::escape(std::string* to) {
    literal("\\");
    if (!ok_ || rest_.empty()) {
        ok_ = false;
    } else if (const auto at = letters.find(rest_.front()); at != std::string_view::npos) {
        rest_.remove_prefix(1);
        if (to != nullptr) *to += escaped[at];
    } else {
        literal("u00");
        const auto high = hexadecimal.find(ok_ && rest_.size() >= 2 ? rest_[0] : '?');
        const auto low = hexadecimal.find(ok_ && rest_.size() >= 2 ? rest_[1] : '?');
        if (high > 1 || low > 15) { // npos is larger still
            ok_ = false;
            return;
        }
        const auto value = static_cast<char>(high * 16 + low);
        ok_ = escaped.find(value) == std::string_view::npos; // those have a shorter spelling
        rest_.remove_prefix(2);
        if (to != nullptr) *to += value;
    }
}

void Scanner::text(std::string* to) {
    literal("\"");
    std::size_t length = 0;
    while (ok_ && !next_is('"')) {
        const auto run = static_cast<std::size_t>(std::ranges::find_if_not(rest_, plain) - rest_.begin());
        const auto part = rest_.substr(0, run);
        const bool escaping = run < rest_.size() && rest_[run] == '\\';
        length += run + (escaping ? 1 : 0);
        ok_ = run < rest_.size() && length <= longest_value && is_utf8(part);
        if (!ok_) return;
        if (to != nullptr) *to += part;
        rest_.remove_prefix(run);
        if (escaping)
            escape(to);
        else
            ok_ = next_is('"');
    }
    literal("\"");
}

void Scanner::facts(Facts* to) {
    literal("{");
    std::string before, name, value;
    for (std::size_t count = 0; ok_ && !next_is('}'); ++count) {
        if (count > 0) literal(",");
        name.clear();
        value.clear();
        text(&name);
        literal(":");
        text(to == nullptr ? nullptr : &value);
        ok_ = ok_ && count < most_facts && names_a_fact(name) && (count == 0 || before < name);
        if (ok_ && to != nullptr) to->emplace(name, value);
        std::swap(before, name);
    }
    literal("}");
}

} // namespace acredita::office
