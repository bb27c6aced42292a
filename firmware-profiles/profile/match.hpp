// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which profile serves a card: a pure function of what the card said. No card is asked here.
#pragma once

#include "firmware-profiles/profile/atr.hpp"

#include <vector>

namespace acredita::profile {

// What the card answered to one SELECT by AID.
struct SelectAnswer {
    ByteView aid{}; // as it was sent
    StatusWord sw{};
    ByteView data{};            // without the status word
    ByteView card_historical{}; // OpenPGP: 5F52, where it was asked for
};

// The ATR does not rule the profile out.
[[nodiscard]] bool possible(const Profile& profile, ByteView atr) noexcept;

// So many applications a card nobody knows may be asked for, at one exchange each.
inline constexpr std::size_t most_applications = 8;

// One of the names the profile's application has.
[[nodiscard]] bool names(const Profile& profile, ByteView aid) noexcept;

// The AIDs worth a SELECT, each once, in the order to try them.
[[nodiscard]] std::vector<ByteView> aids_to_probe(std::span<const Profile> profiles, ByteView atr);

// The one profile that matches, or nullptr; also if two do by the same answer and neither comes first
// (overlap), because then neither is known to be right. Of a card with several applications that are known
// equally well the one answered first is taken: `answers` in the order they were asked for.
[[nodiscard]] const Profile* match(std::span<const Profile> profiles, ByteView atr,
                                   std::span<const SelectAnswer> answers) noexcept;

// A card could exist that both match and for which neither comes first: rules with an ATR come before those
// without, generic ones last.
[[nodiscard]] bool overlap(const Profile& one, const Profile& other) noexcept;

} // namespace acredita::profile
