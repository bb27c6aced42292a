// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PINs: tries are shown, the last one needs a yes, and no more VERIFYs fail than PINs were typed wrong.
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

BOOST_AUTO_TEST_SUITE(the_pin)

BOOST_AUTO_TEST_CASE(is_asked_for_with_the_tries_left_and_again_when_it_was_wrong) {
    test::Bench bench;
    bench.people.pins = {"000000", "123456"};
    bench.people.most_pins = 2;
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_REQUIRE(bench.people.tries_shown.size() == 2U);
    BOOST_TEST((bench.people.tries_shown[0] == 3U));
    BOOST_TEST((bench.people.tries_shown[1] == 2U));
}

BOOST_AUTO_TEST_CASE(typed_wrong_once_spends_one_try) {
    test::Bench bench;
    bench.people.pins = {"000000"};
    const auto refused = bench.run();
    BOOST_TEST(test::name_of(refused) == "issue.pin_wrong");
    BOOST_TEST(refused.error().detail == "2");
    BOOST_TEST((bench.tries() == 2U));
}

BOOST_AUTO_TEST_CASE(of_an_impossible_form_spends_no_try) {
    test::Bench bench;
    bench.people.pins = {"1"};
    BOOST_TEST(test::name_of(bench.run()) == "issue.pin_malformed");
    BOOST_TEST((bench.tries() == 3U));
}

BOOST_AUTO_TEST_CASE(is_not_asked_for_when_one_try_is_left_and_nobody_agrees) {
    test::Bench bench;
    bench.people.pins = {"000000"};
    bench.people.most_pins = 2;
    BOOST_TEST(test::name_of(bench.run()) == "issue.last_try");
    BOOST_TEST((bench.tries() == 1U));
    bench.people = {};
    BOOST_TEST(test::name_of(bench.run()) == "issue.last_try");
    BOOST_TEST(bench.people.asked_pin == 0U);
    BOOST_TEST((bench.tries() == 1U));
    bench.people.last_try = true;
    BOOST_TEST(test::name_of(bench.run()) == "");
}

BOOST_AUTO_TEST_CASE(that_is_blocked_is_told_before_the_passphrase_is_asked_for) {
    test::Bench bench;
    bench.people.pins = {"000000"};
    bench.people.most_pins = 3;
    bench.people.last_try = true;
    BOOST_TEST(test::name_of(bench.run()) == "issue.pin_blocked");
    bench.people = {};
    BOOST_TEST(test::name_of(bench.run()) == "issue.pin_blocked");
    BOOST_TEST(bench.people.left_alone());
}

BOOST_AUTO_TEST_SUITE_END()
