// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/pin_policy.hpp"

#include <algorithm>
#include <array>

namespace acredita::desk {
namespace {

constexpr std::size_t part = 4; // digits in a row by which a number shows

// PIV cards with Yubico's extensions, PivApplet, OpenPGP, CERES and SafeSign cards as they come, and what
// people make of "no PIN".
constexpr std::string_view factory_values[] = {"123456",   "12345678", "1234",      "0000",     "000000",
                                               "00000000", "1111",     "111111",    "11111111", "11223344",
                                               "123123",   "87654321", "1234567890"};

bool is_digit(std::uint8_t byte) noexcept { return byte >= '0' && byte <= '9'; }

int step(std::uint8_t from, std::uint8_t to) noexcept { return (to - from + 10) % 10; }

// Four that count up (1) or down (9), every `stride`-th character looked at.
bool counts(ByteView pin, std::size_t stride, std::size_t enough) noexcept {
    std::size_t run = 1;
    int before = 0;
    for (std::size_t i = stride; i < pin.size(); i += stride) {
        const int now = step(pin[i - stride], pin[i]);
        run = (now == 1 || now == 9) ? (now == before ? run + 1 : 2) : 1;
        before = now;
        if (run >= enough) return true;
    }
    return false;
}

bool doubled(ByteView pin) noexcept {
    if (pin.size() < 6) return false;
    for (std::size_t i = 0; i + 1 < pin.size(); i += 2)
        if (pin[i] != pin[i + 1]) return false;
    return true;
}

// Rows, columns and diagonals of a keypad, both ways; the same on telephones and on keyboards.
constexpr std::string_view lines[] = {"123", "456", "789", "147", "258", "369", "159", "357",
                                      "321", "654", "987", "741", "852", "963", "951", "753"};

bool follows_keys(ByteView pin) noexcept {
    const auto text = as_text(pin);
    if (text.find("2580") != std::string_view::npos || text.find("0852") != std::string_view::npos)
        return true;
    std::size_t covered = 0;
    for (std::size_t i = 0; i + 3 <= text.size();) {
        const bool line = std::ranges::find(lines, text.substr(i, 3)) != std::end(lines);
        covered += line ? 3 : 0;
        i += line ? 3 : 1;
    }
    return covered >= 6 && covered + 2 >= text.size();
}

bool sequence(ByteView pin) noexcept {
    return counts(pin, 1, part) || (doubled(pin) && counts(pin, 2, 3)) || follows_keys(pin);
}

bool repeats(ByteView pin) noexcept {
    std::array<bool, 256> seen{};
    std::size_t run = 1, different = 0;
    for (std::size_t i = 0; i < pin.size(); ++i) {
        different += seen[pin[i]] ? 0U : 1U;
        seen[pin[i]] = true;
        run = i > 0 && pin[i] == pin[i - 1] ? run + 1 : 1;
        if (run >= part) return true;
    }
    if (different <= 2) return true;
    for (std::size_t period = 3; period * 2 <= pin.size(); ++period)
        if (pin.size() % period == 0 &&
            std::equal(pin.begin() + static_cast<std::ptrdiff_t>(period), pin.end(), pin.begin()))
            return true;
    return false;
}

// Personal data, not secrets: they may lie in ordinary memory.
std::string digits_of(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

bool has_part_of(ByteView pin, std::string number) {
    if (number.size() < part) return false;
    const auto text = as_text(pin);
    for (int way = 0; way < 2; ++way) {
        for (std::size_t i = 0; i + part <= number.size(); ++i)
            if (text.find(std::string_view(number).substr(i, part)) != std::string_view::npos) return true;
        std::ranges::reverse(number);
    }
    return false;
}

// A NIE is written with X, Y or Z for 0, 1 or 2 (Orden INT/2058/2008).
std::string numbers_of_nif(const std::string& nif) {
    auto digits = digits_of(nif);
    if (!nif.empty() && digits.size() == 7) {
        const auto letter = std::string_view("XYZ").find(nif.front());
        if (letter != std::string_view::npos) digits.insert(0, 1, static_cast<char>('0' + letter));
    }
    return digits;
}

bool has_part_of_date(ByteView pin, const std::string& birth) {
    auto digits = digits_of(birth);
    if (digits.size() != 8) return has_part_of(pin, digits);
    const auto cut = birth.find_first_not_of("0123456789");
    const bool year_first =
        cut == 4 || (cut == std::string::npos && digits.compare(0, 2, "31") < 0 &&
                     (digits.compare(0, 2, "19") == 0 || digits.compare(0, 2, "20") == 0));
    const auto year = year_first ? digits.substr(0, 4) : digits.substr(4);
    const auto month = year_first ? digits.substr(4, 2) : digits.substr(2, 2);
    const auto day = year_first ? digits.substr(6) : digits.substr(0, 2);
    const auto two = year.substr(2);
    const auto text = as_text(pin);
    for (const auto& writing : {year, day + month, month + day, month + year, day + month + two,
                                two + month + day, two + day + month, month + two + day})
        if (text.find(writing) != std::string_view::npos) return true;
    return has_part_of(pin, day + month + two) || has_part_of(pin, two + month + day);
}

Result<void> judge_person(ByteView pin, const PersonalNumbers& person) {
    using enum desk_errc;
    if (has_part_of(pin, numbers_of_nif(person.nif))) return fail(pin_from_nif);
    if (has_part_of_date(pin, person.birth)) return fail(pin_from_birth);
    if (has_part_of(pin, digits_of(person.phone))) return fail(pin_from_phone);
    if (has_part_of(pin, digits_of(person.card))) return fail(pin_from_card);
    return {};
}

} // namespace

bool is_factory_value(const Secret& pin) noexcept {
    return std::ranges::any_of(factory_values,
                               [&](std::string_view value) { return pin.equals(as_bytes(value)); });
}

Result<void> judge_new_pin(const Secret& pin, const PinRules& rules, std::span<const Secret* const> others) {
    using enum desk_errc;
    const auto bytes = pin.view();
    if (bytes.size() < rules.shortest) return fail(pin_too_short, std::to_string(rules.shortest));
    if (bytes.size() > rules.longest) return fail(pin_too_long, std::to_string(rules.longest));
    if (rules.digits_only && !std::ranges::all_of(bytes, is_digit)) return fail(pin_not_digits);
    if (is_factory_value(pin)) return fail(pin_factory);
    for (const auto* other : others)
        if (other != nullptr && !other->empty() && pin.equals(other->view())) return fail(pin_unchanged);
    if (repeats(bytes)) return fail(pin_repeats);
    if (sequence(bytes)) return fail(pin_sequence);
    return judge_person(bytes, rules.person);
}

} // namespace acredita::desk
