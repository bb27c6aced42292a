// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The order of a renewal: what may follow what, on each of its paths, and that nothing else does.
#include "tools/renewal/state.hpp"

#include <map>
#include <ostream>
#include <set>
#include <tuple>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace acredita::renewal {
inline std::ostream& operator<<(std::ostream& to, Path path) { return to << name(path); }
inline std::ostream& operator<<(std::ostream& to, State state) { return to << name(state); }
inline std::ostream& operator<<(std::ostream& to, Event event) { return to << name(event); }
} // namespace acredita::renewal

namespace {

using namespace acredita;
using namespace acredita::renewal;
using S = State;
using E = Event;

// Everything that is allowed, written down a second time.
const std::map<std::tuple<Path, State, Event>, State>& allowed() {
    static const auto all = [] {
        std::map<std::tuple<Path, State, Event>, State> map;
        const auto add = [&](Path path, std::initializer_list<std::tuple<S, E, S>> rows) {
            for (const auto& [from, event, to] : rows) map[{path, from, event}] = to;
        };
        add(Path::issued, {{S::reviewed, E::load_key, S::key_ready},
                           {S::key_ready, E::make_first, S::first_made},
                           {S::first_made, E::sign_first, S::first_signed},
                           {S::first_signed, E::make_second, S::second_made},
                           {S::first_made, E::restart_letters, S::key_ready},
                           {S::first_signed, E::restart_letters, S::key_ready},
                           {S::second_made, E::restart_letters, S::key_ready},
                           {S::reviewed, E::lose_old_key, S::old_key_lost},
                           {S::key_ready, E::lose_old_key, S::old_key_lost},
                           {S::first_made, E::lose_old_key, S::old_key_lost}});
        add(Path::in_place, {{S::reviewed, E::make_first, S::first_made},
                             {S::first_made, E::sign_first, S::first_signed},
                             {S::first_signed, E::load_key, S::key_ready},
                             {S::key_ready, E::make_second, S::second_made},
                             {S::first_made, E::restart_letters, S::reviewed},
                             {S::first_signed, E::restart_letters, S::reviewed},
                             {S::second_made, E::restart_letters, S::key_ready},
                             {S::reviewed, E::lose_old_key, S::old_key_lost},
                             {S::first_made, E::lose_old_key, S::old_key_lost}});
        add(Path::request, {{S::reviewed, E::generate_key, S::key_ready},
                            {S::key_ready, E::make_first, S::first_made},
                            {S::first_made, E::sign_first, S::waiting},
                            {S::waiting, E::receive_certificate, S::certified},
                            {S::certified, E::make_second, S::second_made},
                            {S::first_made, E::restart_letters, S::key_ready},
                            {S::waiting, E::restart_letters, S::key_ready},
                            {S::second_made, E::restart_letters, S::key_ready},
                            {S::reviewed, E::lose_old_key, S::old_key_lost},
                            {S::key_ready, E::lose_old_key, S::old_key_lost},
                            {S::first_made, E::lose_old_key, S::old_key_lost}});
        for (const auto path : all_paths) {
            add(path, {{S::second_made, E::sign_second, S::second_signed},
                       {S::second_signed, E::confirm_portals, S::portals_done},
                       {S::portals_done, E::remove_old, S::finished}});
            for (const auto& stage : stages(path))
                if (stage.event) add(path, {{stage.state, E::abandon, S::abandoned}});
        }
        return map;
    }();
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_order_of_a_renewal)

BOOST_DATA_TEST_CASE(allows_what_is_written_down_and_refuses_everything_else,
                     boost::unit_test::data::make(all_paths) * boost::unit_test::data::make(all_states) *
                         boost::unit_test::data::make(all_events),
                     path, state, event) {
    const auto expected = allowed().find({path, state, event});
    const auto reached = next(path, state, event);
    BOOST_REQUIRE_EQUAL(reached.has_value(), expected != allowed().end());
    if (reached) {
        BOOST_TEST(*reached == expected->second);
    } else {
        BOOST_TEST(is(reached.error(), is_end(state) ? renewal_errc::ended : renewal_errc::out_of_order));
    }
}

BOOST_DATA_TEST_CASE(leads_from_the_review_to_the_end_by_what_is_due, boost::unit_test::data::make(all_paths),
                     path) {
    auto state = State::reviewed;
    unsigned steps = 0;
    std::set<State> seen;
    while (const auto event = due(path, state)) {
        BOOST_TEST(position(path, state).done == steps);
        BOOST_REQUIRE(seen.insert(state).second);
        state = *next(path, state, *event);
        ++steps;
    }
    BOOST_TEST(state == State::finished);
    BOOST_TEST(steps == position(path, state).of);
}

BOOST_DATA_TEST_CASE(signs_the_first_letter_before_the_second_and_removes_the_old_key_last,
                     boost::unit_test::data::make(all_paths), path) {
    std::map<Event, unsigned> turn;
    for (const auto& stage : stages(path))
        if (stage.event) turn[*stage.event] = static_cast<unsigned>(turn.size());
    BOOST_TEST(turn.at(E::sign_first) < turn.at(E::make_second));
    BOOST_TEST(turn.at(E::sign_second) < turn.at(E::remove_old));
    const auto key = path == Path::request ? E::receive_certificate : E::load_key;
    BOOST_TEST(turn.at(key) < turn.at(E::sign_second));
    BOOST_TEST(turn.at(E::remove_old) + 1 == turn.size());
}

BOOST_DATA_TEST_CASE(is_amber_until_the_second_letter_is_signed, boost::unit_test::data::make(all_paths),
                     path) {
    bool amber = true;
    for (const auto& stage : stages(path)) {
        if (stage.state == S::second_signed) amber = false;
        BOOST_TEST(is_amber(path, stage.state) == amber);
    }
    BOOST_TEST(!is_amber(path, S::abandoned));
}

BOOST_AUTO_TEST_CASE(has_a_name_for_each_of_its_parts) {
    for (const auto path : all_paths) BOOST_TEST((path_named(name(path)) == path));
    std::set<std::string_view> names;
    for (const auto state : all_states) {
        BOOST_TEST((state_named(name(state)) == state));
        names.insert(name(state));
    }
    for (const auto event : all_events) names.insert(name(event));
    BOOST_TEST(names.size() == std::size(all_states) + std::size(all_events));
    BOOST_TEST((!state_named("done") && !path_named("")));
}

BOOST_AUTO_TEST_SUITE_END()
