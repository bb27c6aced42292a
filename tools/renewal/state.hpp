// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The renewal as a state machine. A path is a list of stages in their one order: each stage is a state and
// the event that ends it. Besides going on, a renewal can only be abandoned, end because the old key is
// lost, or begin its letters anew. Whatever else is asked of it is refused (docs/adr/0022).
#pragma once

#include "tools/renewal/errors.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace acredita::renewal {

enum class Path {
    issued,   // the person brings the new key in a backup
    in_place, // the same, and the card has no place for both keys: the first letter is signed before
    request,  // the card makes the new key, and an authority certifies it
};

enum class State {
    reviewed,      // the data were agreed to; nothing has been done
    key_ready,     // the new key is on the card
    first_made,    // the first letter is issued
    first_signed,  // ... and signed with the old key
    waiting,       // the authority has the request
    certified,     // its certificate is on the card, and proven
    second_made,   // the second letter is issued
    second_signed, // ... and signed with the new key: from here on the new certificate counts
    portals_done,  // every portal knows the new certificate, or was left out knowingly
    finished,      // the old key and its certificate are gone, and that was proven
    abandoned,
    old_key_lost,
};

enum class Event {
    load_key,
    generate_key,
    make_first,
    sign_first,
    receive_certificate,
    make_second,
    sign_second,
    confirm_portals,
    remove_old,
    restart_letters,
    abandon,
    lose_old_key,
};

inline constexpr Path all_paths[] = {Path::issued, Path::in_place, Path::request};
inline constexpr State all_states[] = {State::reviewed,     State::key_ready,     State::first_made,
                                       State::first_signed, State::waiting,       State::certified,
                                       State::second_made,  State::second_signed, State::portals_done,
                                       State::finished,     State::abandoned,     State::old_key_lost};
inline constexpr Event all_events[] = {Event::load_key,
                                       Event::generate_key,
                                       Event::make_first,
                                       Event::sign_first,
                                       Event::receive_certificate,
                                       Event::make_second,
                                       Event::sign_second,
                                       Event::confirm_portals,
                                       Event::remove_old,
                                       Event::restart_letters,
                                       Event::abandon,
                                       Event::lose_old_key};

// A state and what ends it; nothing ends the last one.
struct Stage {
    State state;
    std::optional<Event> event;
};
[[nodiscard]] std::span<const Stage> stages(Path) noexcept;

// out_of_order, or ended for a renewal that has.
[[nodiscard]] Result<State> next(Path, State, Event);
// What goes on from here; nullopt at an end, or if this path has no such state.
[[nodiscard]] std::optional<Event> due(Path, State) noexcept;

[[nodiscard]] bool is_end(State) noexcept;
// The new certificate counts only once the second letter is signed.
[[nodiscard]] bool is_amber(Path, State) noexcept;
// "4 of 8": the stages that are done, and all of them. 0 for an end that is none of the path's.
struct Position {
    unsigned done = 0, of = 0;
};
[[nodiscard]] Position position(Path, State) noexcept;

// As the case, the journal and the catalogue name them ("first_signed").
[[nodiscard]] std::string_view name(Path) noexcept;
[[nodiscard]] std::string_view name(State) noexcept;
[[nodiscard]] std::string_view name(Event) noexcept;
[[nodiscard]] std::optional<Path> path_named(std::string_view) noexcept;
[[nodiscard]] std::optional<State> state_named(std::string_view) noexcept;

} // namespace acredita::renewal
