// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A new PIN with the old one or with the PUK, on practice cards of each kind.
#include "tests/tools/desk/pin_bench.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using test::ListedPinPeople;
using test::PinDesk;

std::string name_of(const Result<void>& done) { return done ? "" : error_name(done.error().code); }

struct Kind {
    std::string card, pin, puk;
};
std::ostream& operator<<(std::ostream& to, const Kind& kind) { return to << kind.card; }

const std::vector<Kind> kinds = {{"piv:firmware=4.3,serial=5101", "123456", "12345678"},
                                 {"piv:firmware=5.4,serial=5102", "123456", "12345678"},
                                 {"piv:firmware=5.7,serial=5103", "123456", "12345678"},
                                 {"piv:firmware=pivapplet,serial=5104", "123456", "12345678"},
                                 {"isoapplet:version=1,serial=5105", "123456", "1234567890123456"},
                                 {"openpgp:serial=5106", "123456", "12345678"}};

} // namespace

BOOST_AUTO_TEST_SUITE(a_visit_about_the_pin)

BOOST_DATA_TEST_CASE(changes_it_on_a_card_of_every_kind, boost::unit_test::data::make(kinds), kind) {
    const PinDesk desk(kind.card);
    ListedPinPeople people;
    people.currents = {kind.pin};
    people.fresh_pins = {"705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "");
    session.close();
    BOOST_TEST(desk.pin_is("705831"));
}

BOOST_DATA_TEST_CASE(replaces_a_forgotten_one_with_the_puk, boost::unit_test::data::make(kinds), kind) {
    const PinDesk desk(kind.card);
    ListedPinPeople people;
    people.currents = {kind.puk};
    people.fresh_pins = {"705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::unblock_pin(session, people, {})) == "");
    session.close();
    BOOST_TEST(desk.pin_is("705831"));
}

BOOST_AUTO_TEST_CASE(tells_the_tries_before_it_asks_and_asks_again_while_people_want) {
    const PinDesk desk("piv:firmware=5.7,serial=5111");
    ListedPinPeople people;
    people.currents = {"999999", "77", "123456"};
    people.fresh_pins = {"705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "");
    BOOST_REQUIRE_EQUAL(people.asked.size(), 3U);
    BOOST_TEST((people.asked[0].tries_left == 3U));
    BOOST_TEST(people.asked[0].factory);
    BOOST_TEST((people.asked[1].tries_left == 2U));
    BOOST_TEST((people.asked[2].tries_left == 2U)); // what cannot be a PIN was not sent
    BOOST_TEST((people.told == std::vector<std::string>{"issue.pin_wrong 2", "issue.pin_malformed "}));
}

BOOST_AUTO_TEST_CASE(never_spends_the_last_try_without_a_yes) {
    const PinDesk desk("piv:firmware=5.7,serial=5112");
    ListedPinPeople people;
    people.currents = {"999999", "999998", "123456"};
    people.fresh_pins = {"705831", "705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "issue.last_try");
    BOOST_TEST(people.asked.size() == 2U);
    people.last_try = true;
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "");
    BOOST_TEST(people.asked.back().last_try);
}

BOOST_AUTO_TEST_CASE(asks_for_nothing_if_it_is_blocked_and_the_puk_helps) {
    const PinDesk desk("piv:firmware=5.4,serial=5113");
    ListedPinPeople people;
    people.last_try = true;
    people.currents = {"999999", "999998", "999997", "12345678"};
    people.fresh_pins = {"705831", "592716"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "issue.pin_blocked");
    BOOST_TEST(people.asked.size() == 3U);
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "issue.pin_blocked");
    BOOST_TEST(people.asked.size() == 3U);
    BOOST_TEST(name_of(desk::unblock_pin(session, people, {})) == "");
    session.close();
    BOOST_TEST(desk.pin_is("592716"));
}

BOOST_AUTO_TEST_CASE(says_how_many_tries_of_the_puk_are_left_and_when_there_is_none) {
    const PinDesk desk("piv:firmware=5.7,serial=5114");
    ListedPinPeople people;
    people.currents = {"99999999", "99999998", "99999997"};
    people.fresh_pins = {"705831", "705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::unblock_pin(session, people, {})) == "issue.last_try");
    BOOST_TEST((people.told == std::vector<std::string>{"desk.puk_wrong 2", "desk.puk_wrong 1"}));
    people.last_try = true;
    BOOST_TEST(name_of(desk::unblock_pin(session, people, {})) == "desk.puk_blocked");
}

BOOST_AUTO_TEST_CASE(sends_nothing_until_the_new_one_is_good) {
    const PinDesk desk("piv:firmware=5.7,serial=51150392");
    ListedPinPeople people;
    people.currents = {"123456"};
    people.fresh_pins = {"111111", "1234", "51150392", "395871", "705831"};
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {.person = {.nif = "39587164K"}})) == "");
    BOOST_TEST((people.refused == std::vector<std::string>{"desk.pin_factory", "desk.pin_too_short",
                                                           "desk.pin_from_card", "desk.pin_from_nif"}));
}

BOOST_AUTO_TEST_CASE(lets_people_type_on_a_reader_with_keys) {
    PinDesk desk("piv:firmware=5.7,serial=5116,pinpad");
    const std::string_view digits = "123456";
    for (const std::string_view typed : {"123456", "705831", "705831"})
        BOOST_REQUIRE(
            desk.practice
                ->person(0, practice::Pinpad::Person::types, ZeroingBytes(typed.begin(), typed.end()))
                .has_value());
    ListedPinPeople people;
    auto session = desk.open();
    BOOST_TEST(name_of(desk::change_pin(session, people, {})) == "");
    BOOST_TEST(people.asked.empty());
    session.close();
    BOOST_TEST(desk.pin_is("705831"));
    BOOST_TEST(!desk.pin_is(digits));
}

BOOST_AUTO_TEST_SUITE_END()
