// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which new PINs (and PUKs) a holder may choose: the form the card takes, and nothing that a finder of the
// card would try first. Nothing of the secret leaves its Secret.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/desk/error.hpp"

#include <span>
#include <string>
#include <vector>

namespace acredita::desk {

// What a person is easily guessed by. Whatever is not known is empty; blanks, hyphens and dots do no harm.
struct PersonalNumbers {
    std::string nif{};   // DNI or NIE, its letters may be there
    std::string birth{}; // "1980-02-29", or day first: "29/02/1980"
    std::string phone{}; // with or without its country
    std::string card{};  // the card's serial number
};

struct PinRules {
    std::size_t shortest = 6, longest = 8; // characters the card takes (CK_TOKEN_INFO)
    bool digits_only = true; // what every keypad has, and PIV demands (SP 800-73-4 part 2, 2.4.3)
    PersonalNumbers person{};
};

// `others`: the old value and the card's other secret, which the new one must not be. The first reason
// against it: pin_too_short, pin_too_long, pin_not_digits, pin_factory, pin_unchanged, pin_repeats,
// pin_sequence, pin_from_nif, pin_from_birth, pin_from_phone, pin_from_card.
//
// Sequences: four digits in a row that count up or down (9 and 0 are neighbours), doubled ones (112233), and
// those that follow lines of the keypad (147258, 2580). Repeats: four equal ones in a row, two different
// digits at most, or a half that comes again. Parts: four digits in the order of the number, or backwards.
[[nodiscard]] Result<void> judge_new_pin(const Secret& pin, const PinRules& rules,
                                         std::span<const Secret* const> others = {});

// Values that makers deliver cards with, or that everybody knows.
[[nodiscard]] bool is_factory_value(const Secret& pin) noexcept;

} // namespace acredita::desk
