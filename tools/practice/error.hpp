// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong with the practice cards themselves (not with a card that refuses a command: that is its
// answer).
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::practice {

enum class practice_errc {
    bad_card = 1,
    bad_state,
    state_unwritable,
    no_directory,
    no_namespace,
    no_daemon,
    no_reader,
    no_control,
    bad_command,
    command_not_found,
    sample_failed
};

} // namespace acredita::practice

namespace acredita {

template <>
struct ErrorTable<practice::practice_errc> {
    using E = practice::practice_errc;
    static constexpr std::string_view family = "practice";
    static constexpr ErrorRow<E> rows[] = {
        {E::bad_card, "bad_card", "the description of a practice card is not understood"},
        {E::bad_state, "bad_state", "the file with the memory of the practice cards is damaged"},
        {E::state_unwritable, "state_unwritable", "the memory of the practice cards cannot be written"},
        {E::no_directory, "no_directory", "no working directory can be made"},
        {E::no_namespace, "no_namespace", "the kernel grants no namespace of its own for the card service"},
        {E::no_daemon, "no_daemon", "the private card service does not start"},
        {E::no_reader, "no_reader", "there is no practice reader with that number"},
        {E::no_control, "no_control", "the box of the private card service does not answer"},
        {E::bad_command, "bad_command", "a line of the control protocol is not understood"},
        {E::command_not_found, "command_not_found", "the command cannot be run"},
        {E::sample_failed, "sample_failed", "the sample backup cannot be made"},
    };
};

} // namespace acredita
