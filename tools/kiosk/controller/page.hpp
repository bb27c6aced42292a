// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The pages of the kiosk and the place each has on the way. A page's file is view/pages/<Name>Page.qml.
#pragma once

#include <QString>

namespace acredita::kiosk {

enum class Page {
    idle,      // nobody is here: what to bring, where am I
    preflight, // is everything there that a visit needs?
    exercises, // practice mode: which cards and sticks to try
    arrival,   // appointment, or without one and why
    bring,     // card and stick in either order, a verdict on each
    refusal,   // this card, or this backup, cannot: its sheet
    backups,   // several: which one?
    password,  // of the backup, typed by the holder
    choose,    // several certificates in it: which one?
    person,    // who and what is on it; the operator sees the right person
    expired,   // a certificate that has ended goes on only with a yes
    consent,   // the holder's
    loss,      // what the card would lose
    new_pin,   // a card with the PIN its factory gave it
    new_puk,
    pin,
    last_try,
    progress,
    proven,
    browser,   // try it
    checklist, // what the holder does at home
    take_back, // card and stick
    away,      // the card or the stick was taken out in the middle
    trouble,   // an error, in words, with what to do now
    pin_menu,  // visits of their own: another PIN, a blocked PIN
    puk,
    pin_done,
};

[[nodiscard]] QString name(Page page); // "takeBack"

// "Step n of m" of a load; 0: no step of it.
[[nodiscard]] int step_of(Page page) noexcept;
inline constexpr int load_steps = 7;

} // namespace acredita::kiosk
