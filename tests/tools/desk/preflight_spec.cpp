// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What clock and disk are judged by.
#include "tools/desk/clock_facts.hpp"
#include "tools/desk/preflight.hpp"

#include <ctime>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using desk::ClockFacts;
using desk::Health;

constexpr std::int64_t built = 1795219200, hour = 3600, day = 24 * hour;

std::string judged(const ClockFacts& facts) {
    const auto check = desk::judge_clock(facts);
    return std::string(name_of(check.health)) + (check.fault ? " " + error_name(check.fault->code) : "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(before_anybody_comes)

BOOST_AUTO_TEST_CASE(a_clock_is_fine_if_everything_agrees_with_it) {
    BOOST_TEST(judged({.now = built + 90 * day,
                       .built = built,
                       .newest = built + 90 * day - hour,
                       .rtc = built + 90 * day + 2,
                       .synchronised = true}) == "ok");
    // Made somewhere east of here.
    BOOST_TEST(judged({.now = built - hour, .built = built, .synchronised = true}) == "ok");
}

BOOST_AUTO_TEST_CASE(a_clock_is_bad_that_is_behind_what_has_happened_already) {
    BOOST_TEST(judged({.now = built - 2 * day, .built = built, .synchronised = true}) ==
               "bad desk.clock_before_program");
    BOOST_TEST(
        judged({.now = built + day, .built = built, .newest = built + 2 * day, .synchronised = true}) ==
        "bad desk.clock_before_journal");
}

BOOST_AUTO_TEST_CASE(a_clock_is_doubtful_that_nothing_vouches_for) {
    BOOST_TEST(judged({.now = built + day, .built = built}) == "doubtful desk.clock_free");
    BOOST_TEST(
        judged({.now = built + day, .built = built, .rtc = built + day - hour, .synchronised = true}) ==
        "doubtful desk.clock_differs");
    BOOST_TEST(judged({.now = built + 4000 * day, .built = built, .synchronised = true}) ==
               "doubtful desk.clock_far_ahead");
}

BOOST_AUTO_TEST_CASE(this_computers_clock_is_not_behind_the_program) {
    const auto facts = desk::clock_facts();
    BOOST_TEST(facts.built <= std::time(nullptr));
    BOOST_TEST(facts.built > built - 365 * day);
}

BOOST_AUTO_TEST_CASE(a_disk_has_room_or_is_said_not_to) {
    BOOST_TEST((desk::judge_disk(20'000'000'000).health == Health::ok));
    const auto low = desk::judge_disk(200'000'000), full = desk::judge_disk(2'000'000);
    BOOST_TEST((low.health == Health::doubtful));
    BOOST_TEST(low.fault->detail == "200 MB");
    BOOST_TEST((full.health == Health::bad));
}

BOOST_AUTO_TEST_SUITE_END()
