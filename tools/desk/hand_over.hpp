// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that still has the PIN or the PUK of its factory becomes its holder's: he chooses the PIN, and the
// PUK becomes what the office's policy says. The office learns neither.
#pragma once

#include "pkcs11/client/vendor.hpp"
#include "tools/desk/pin_visit.hpp"

namespace acredita::desk {

// What becomes of the PUK.
enum class PukPolicy {
    holder, // the holder chooses it, as he chooses the PIN
    sealed, // random digits that nobody ever sees: it cannot be used, and its tries stay
    blocked // the same, and then its tries are spent on purpose: the card itself says that there is none
};
[[nodiscard]] std::optional<PukPolicy> puk_policy_named(std::string_view name) noexcept;

// Whether the card is to be handed over, by what it says itself. A card that does not say (before Yubico's
// firmware 5.3, PivApplet, OpenPGP, IsoApplet) is neither: somebody who knows that it is new says so.
struct HandOverDue {
    bool pin = false, puk = false;
    bool puk_changeable = false;
    [[nodiscard]] bool any() const noexcept { return pin || puk; }
};
[[nodiscard]] HandOverDue due(const client::CardFacts& facts) noexcept;

enum class PukState { left, by_holder, sealed, blocked };
struct HandedOver {
    bool pin = false;
    PukState puk = PukState::left;
};

// Does what is due. Where the card itself says that its value is the factory's and names a kind of card whose
// factory value is published, that value is presented without asking, as long as two tries are left;
// otherwise People::current is asked. Asked again after it was torn off, it goes on where it was. Errors as
// of change_pin, and puk_fixed.
[[nodiscard]] Result<HandedOver> hand_over(client::Session& session, PinPeople& people,
                                           const PinChoice& choice, PukPolicy policy, HandOverDue what);

} // namespace acredita::desk
