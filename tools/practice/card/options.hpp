// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The options of one kind of practice card, KEY[=VALUE] each, and what every kind makes of them: a chip.
// Views into the text that was parsed.
#pragma once

#include "tools/practice/card/application.hpp"

#include <charconv>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace acredita::practice {

struct CardOption {
    std::string_view key, value; // value "": none was given
};
using CardOptions = std::vector<CardOption>;

// How to make the chip, as often as one likes; nullptr: an empty reader. The serial number is for a card
// whose options name none.
struct Chip {
    std::function<std::unique_ptr<Application>(std::uint32_t serial)> make{};
    bool extended = true; // its reader carries extended APDUs
};

// practice.bad_card with the option that is not understood as detail.
using ReadOptions = Result<Chip> (*)(const CardOptions&);

template <class Number>
[[nodiscard]] bool read_number(std::string_view text, Number low, Number high, Number& to) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), to);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && to >= low && to <= high;
}

[[nodiscard]] inline bool read_yes_no(std::string_view text, bool& to) {
    to = text == "yes";
    return to || text == "no";
}

} // namespace acredita::practice
