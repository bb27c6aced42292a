// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which modules may serve a card: the one that was chosen, and the makers' whose cards answer to reset like
// this one. No card is asked here.
#pragma once

#include "pkcs11/client/road.hpp"

namespace acredita::client {

struct Choice {
    Choice() = default;
    // `forced`: a person named this module for this card, so no other is looked for.
    Choice(std::filesystem::path module, bool by_person = false) // NOLINT: a path is a choice
        : file(std::move(module)), forced(by_person) {}

    std::filesystem::path file{};
    bool forced = false;
};

// The way to the module that was chosen.
[[nodiscard]] Road chosen_road(const Choice& choice);

} // namespace acredita::client
