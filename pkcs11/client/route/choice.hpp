// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which modules may serve a card: the one that was chosen, and the makers' whose cards answer to reset like
// this one. No card is asked here.
#pragma once

#include "firmware-profiles/profile/profile.hpp"
#include "pkcs11/client/road.hpp"

namespace acredita::client {

struct Choice {
    Choice() = default;
    // `forced`: a person named this module for this card, so no other is looked for.
    Choice(std::filesystem::path module, bool by_person = false) // NOLINT: a path is a choice
        : file(std::move(module)), forced(by_person) {}

    std::filesystem::path file{};
    bool forced = false;
    // Those without [module] are skipped. Of two about one file the first counts.
    std::span<const profile::Profile> makers = profile::built_in_makers();
};

// The way to the module that was chosen. A maker's profile that names this file, or one called like it, tells
// its manners.
[[nodiscard]] Road chosen_road(const Choice& choice);

// The ways to makers' modules that are installed here and may serve a card with this answer to reset, by a
// rule of their profile or because its family is said to be theirs (firmware-profiles/families.toml).
[[nodiscard]] std::vector<Road> maker_roads(const Choice& choice, ByteView atr);

// Every maker's module that is installed here.
[[nodiscard]] std::vector<Road> installed_roads(const Choice& choice);

} // namespace acredita::client
