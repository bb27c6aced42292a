// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A new PIN with the old one, and a new PIN with the PUK. How many tries are left is asked of the card before
// anything is asked of a person, and the last one is never spent without a yes; the new value is judged
// before anything is sent.
//
// Read-write session, nobody logged in. Errors: issue.pin_wrong, pin_blocked, pin_malformed, last_try; those
// of desk_errc; of People; of the card.
#pragma once

#include "pkcs11/client/session.hpp"
#include "tools/desk/pin_people.hpp"
#include "tools/desk/pin_policy.hpp"

namespace acredita::desk {

struct PinChoice {
    PersonalNumbers person{};
    bool digits_only = true; // false: whatever the card takes
};

[[nodiscard]] Result<void> change_pin(client::Session& session, PinPeople& people, const PinChoice& choice);
// With our module whether the PIN is blocked or only forgotten, with makers' only once it is blocked
// (pin_not_blocked).
[[nodiscard]] Result<void> unblock_pin(client::Session& session, PinPeople& people, const PinChoice& choice);

// The card's own limits, no shorter than six where it allows that.
[[nodiscard]] Result<PinRules> pin_rules(const client::Session& session, const PinChoice& choice);

// Asked until the policy has nothing against it. `others`: what the new value must not be.
[[nodiscard]] Result<Secret> ask_fresh(PinPeople& people, PinKind which, const PinRules& rules,
                                       std::span<const Secret* const> others);

} // namespace acredita::desk
