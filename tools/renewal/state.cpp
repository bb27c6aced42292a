// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/state.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace acredita::renewal {
namespace {

constexpr std::array issued{
    Stage{State::reviewed, Event::load_key},       Stage{State::key_ready, Event::make_first},
    Stage{State::first_made, Event::sign_first},   Stage{State::first_signed, Event::make_second},
    Stage{State::second_made, Event::sign_second}, Stage{State::second_signed, Event::confirm_portals},
    Stage{State::portals_done, Event::remove_old}, Stage{State::finished, std::nullopt},
};
// The one place is still the old key's when the first letter is signed.
constexpr std::array in_place{
    Stage{State::reviewed, Event::make_first},     Stage{State::first_made, Event::sign_first},
    Stage{State::first_signed, Event::load_key},   Stage{State::key_ready, Event::make_second},
    Stage{State::second_made, Event::sign_second}, Stage{State::second_signed, Event::confirm_portals},
    Stage{State::portals_done, Event::remove_old}, Stage{State::finished, std::nullopt},
};
constexpr std::array request{
    Stage{State::reviewed, Event::generate_key},
    Stage{State::key_ready, Event::make_first},
    Stage{State::first_made, Event::sign_first},
    Stage{State::waiting, Event::receive_certificate},
    Stage{State::certified, Event::make_second},
    Stage{State::second_made, Event::sign_second},
    Stage{State::second_signed, Event::confirm_portals},
    Stage{State::portals_done, Event::remove_old},
    Stage{State::finished, std::nullopt},
};

constexpr std::array path_names{"issued", "in_place", "request"};
constexpr std::array state_names{"reviewed",     "key_ready", "first_made",  "first_signed",
                                 "waiting",      "certified", "second_made", "second_signed",
                                 "portals_done", "finished",  "abandoned",   "old_key_lost"};
constexpr std::array event_names{
    "load_key",    "generate_key", "make_first",      "sign_first", "receive_certificate",
    "make_second", "sign_second",  "confirm_portals", "remove_old", "restart_letters",
    "abandon",     "lose_old_key"};

const Stage* stage_of(Path path, State state) noexcept {
    const auto all = stages(path);
    const auto found = std::ranges::find(all, state, &Stage::state);
    return found == all.end() ? nullptr : &*found;
}

const Stage* stage_before(Path path, Event event) noexcept {
    const auto all = stages(path);
    const auto found = std::ranges::find(all, std::optional(event), &Stage::event);
    return found == all.end() ? nullptr : &*found;
}

// Where the letters begin anew: at the first, as long as the old key can sign it again. In place it is gone
// once the new one is there, and what it has signed stays.
std::optional<State> letters_again(Path path, State state) noexcept {
    const bool first = state == State::first_made || state == State::first_signed || state == State::waiting;
    if (!first && state != State::second_made) return std::nullopt;
    const bool both = first || path != Path::in_place;
    return stage_before(path, both ? Event::make_first : Event::make_second)->state;
}

} // namespace

std::span<const Stage> stages(Path path) noexcept {
    switch (path) {
    case Path::issued:
        return issued;
    case Path::in_place:
        return in_place;
    case Path::request:
        return request;
    }
    return {};
}

bool is_end(State state) noexcept {
    return state == State::finished || state == State::abandoned || state == State::old_key_lost;
}

Result<State> next(Path path, State state, Event event) {
    if (is_end(state)) return fail(renewal_errc::ended, std::string(name(state)));
    const auto* here = stage_of(path, state);
    const auto refused = [&] {
        return fail(renewal_errc::out_of_order, std::string(name(event)) + ", " + std::string(name(state)));
    };
    if (here == nullptr) return refused();
    if (event == Event::abandon) return State::abandoned;
    const auto* sign_first = stage_before(path, Event::sign_first);
    if (event == Event::lose_old_key) // afterwards nobody needs it any more
        return here <= sign_first ? Result<State>(State::old_key_lost) : refused();
    if (event == Event::restart_letters) {
        const auto again = letters_again(path, state);
        return again ? Result<State>(*again) : refused();
    }
    if (here->event != event) return refused();
    return (here + 1)->state;
}

std::optional<Event> due(Path path, State state) noexcept {
    const auto* here = stage_of(path, state);
    return here == nullptr ? std::nullopt : here->event;
}

bool is_amber(Path path, State state) noexcept {
    const auto* here = stage_of(path, state);
    return here != nullptr && here <= stage_before(path, Event::sign_second);
}

Position position(Path path, State state) noexcept {
    const auto all = stages(path);
    const auto of = static_cast<unsigned>(all.size() - 1);
    const auto* here = stage_of(path, state);
    return {here == nullptr ? 0U : static_cast<unsigned>(here - all.data()), of};
}

std::string_view name(Path path) noexcept { return path_names.at(static_cast<std::size_t>(path)); }
std::string_view name(State state) noexcept { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name(Event event) noexcept { return event_names.at(static_cast<std::size_t>(event)); }

std::optional<Path> path_named(std::string_view text) noexcept {
    for (const auto path : all_paths)
        if (name(path) == text) return path;
    return std::nullopt;
}

std::optional<State> state_named(std::string_view text) noexcept {
    for (const auto state : all_states)
        if (name(state) == text) return state;
    return std::nullopt;
}

} // namespace acredita::renewal
