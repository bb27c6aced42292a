// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong at the desk besides the errors of the libraries below it.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::desk {

enum class desk_errc {
    pin_too_short = 1, // detail: the fewest characters
    pin_too_long,      // detail: the most
    pin_not_digits,
    pin_sequence,
    pin_repeats,
    pin_factory,
    pin_from_nif,
    pin_from_birth,
    pin_from_phone,
    pin_from_card,
    pin_unchanged,
    puk_wrong, // detail: tries left
    puk_blocked,
    puk_malformed,
    puk_fixed, // nothing changes the PUK of this card
    pin_not_blocked,
    not_random,            // the system gives no random numbers
    print_program_missing, // detail: its file
    no_printer,
    print_refused, // detail: what lp says
    print_timed_out,
    reason_needed,
    incident_malformed,
    clock_before_program,
    clock_before_journal,
    clock_far_ahead,
    clock_differs,
    clock_free,
    disk_full, // detail: how much is free
    disk_low,  // likewise
    disk_unknown,
    check_hung,
};

} // namespace acredita::desk

template <>
struct acredita::ErrorTable<acredita::desk::desk_errc> {
    using enum desk::desk_errc;
    static constexpr std::string_view family = "desk";
    static constexpr ErrorRow<desk::desk_errc> rows[] = {
        {pin_too_short, "pin_too_short", "the new PIN is too short"},
        {pin_too_long, "pin_too_long", "the new PIN is too long"},
        {pin_not_digits, "pin_not_digits", "the new PIN has other characters than digits"},
        {pin_sequence, "pin_sequence", "the new PIN counts up or down, or follows the keys"},
        {pin_repeats, "pin_repeats", "the new PIN repeats itself"},
        {pin_factory, "pin_factory", "the new PIN is one that cards are delivered with"},
        {pin_from_nif, "pin_from_nif", "the new PIN is part of the holder's identity number"},
        {pin_from_birth, "pin_from_birth", "the new PIN is part of the holder's date of birth"},
        {pin_from_phone, "pin_from_phone", "the new PIN is part of the holder's telephone number"},
        {pin_from_card, "pin_from_card", "the new PIN is part of the card's number"},
        {pin_unchanged, "pin_unchanged", "the new PIN is the old one, or the other secret of the card"},
        {puk_wrong, "puk_wrong", "the PUK is wrong"},
        {puk_blocked, "puk_blocked", "the PUK is blocked"},
        {puk_malformed, "puk_malformed", "the card takes no PUK of this form"},
        {puk_fixed, "puk_fixed", "the PUK of this card cannot be changed"},
        {pin_not_blocked, "pin_not_blocked", "the PIN is not blocked"},
        {not_random, "not_random", "no random numbers can be had"},
        {print_program_missing, "print_program_missing", "the program that prints is not there"},
        {no_printer, "no_printer", "there is no printer"},
        {print_refused, "print_refused", "the printer did not take the page"},
        {print_timed_out, "print_timed_out", "the printer did not answer in time"},
        {reason_needed, "reason_needed", "somebody without appointment is let in for a reason"},
        {incident_malformed, "incident_malformed", "there is no incident of this code"},
        {clock_before_program, "clock_before_program", "the clock is behind the day this program was made"},
        {clock_before_journal, "clock_before_journal", "the clock is behind the newest record"},
        {clock_far_ahead, "clock_far_ahead", "the clock is years ahead"},
        {clock_differs, "clock_differs", "the system's clock and the computer's differ"},
        {clock_free, "clock_free", "nobody sets the clock"},
        {disk_full, "disk_full", "the disk is full"},
        {disk_low, "disk_low", "the disk is nearly full"},
        {disk_unknown, "disk_unknown", "it cannot be told how full the disk is"},
        {check_hung, "check_hung", "a check was given up"},
    };
};
