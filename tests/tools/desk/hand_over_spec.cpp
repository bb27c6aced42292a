// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card from the factory becomes its holder's.
#include "tests/tools/desk/pin_bench.hpp"
#include "tools/desk/hand_over.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using desk::PukPolicy;
using desk::PukState;
using test::ListedPinPeople;
using test::PinDesk;

std::string name_of(const Result<desk::HandedOver>& done) {
    return done ? "" : error_name(done.error().code);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_that_is_handed_over)

BOOST_AUTO_TEST_CASE(is_one_that_says_itself_that_pin_and_puk_are_the_factorys) {
    BOOST_TEST(desk::due(PinDesk("piv:firmware=5.7,serial=5201").facts()).pin);
    BOOST_TEST(desk::due(PinDesk("piv:firmware=5.7,serial=5202").facts()).puk);
    BOOST_TEST(desk::due(PinDesk("piv:firmware=pivapplet,serial=5207").facts()).puk);
    // Without metadata the card does not say, and nobody guesses.
    BOOST_TEST(!desk::due(PinDesk("piv:firmware=4.3,serial=5203").facts()).any());
    BOOST_TEST(!desk::due(PinDesk("piv:firmware=nist,serial=5204").facts()).any());
    BOOST_TEST(!desk::due(PinDesk("openpgp:serial=5205").facts()).any());
    BOOST_TEST(!desk::due(PinDesk("isoapplet:version=1,serial=5206").facts()).any());
}

BOOST_AUTO_TEST_CASE(gets_both_from_its_holder_who_types_no_factory_value) {
    const PinDesk desk("piv:firmware=5.7,serial=5211");
    ListedPinPeople people;
    people.fresh_pins = {"12345678", "705831"};
    people.fresh_puks = {"705831", "12345678", "40719263"};
    auto session = desk.open();
    const auto done = desk::hand_over(session, people, {}, PukPolicy::holder, desk::due(desk.facts()));
    BOOST_TEST(name_of(done) == "");
    BOOST_TEST((done && done->pin && done->puk == PukState::by_holder));
    BOOST_TEST(people.asked.empty());
    session.close();
    BOOST_TEST(!desk::due(desk.facts()).any());
    BOOST_TEST(desk.pin_is("705831"));
    BOOST_TEST(desk.puk_is("40719263", "592716"));
    BOOST_TEST(desk.pin_is("592716"));
}

BOOST_AUTO_TEST_CASE(has_a_puk_that_nobody_knows_if_it_was_sealed) {
    const PinDesk desk("piv:firmware=5.4,serial=5212");
    ListedPinPeople people;
    people.fresh_pins = {"705831"};
    auto session = desk.open();
    const auto done = desk::hand_over(session, people, {}, PukPolicy::sealed, desk::due(desk.facts()));
    BOOST_TEST(name_of(done) == "");
    session.close();
    const auto facts = desk.facts();
    BOOST_TEST((facts.factory_puk == false));
    BOOST_TEST((facts.puk_tries_left == 3U));
    BOOST_TEST(!desk.puk_is("12345678", "592716"));
    BOOST_TEST(desk.pin_is("705831"));
}

BOOST_AUTO_TEST_CASE(says_itself_that_there_is_no_puk_if_it_was_blocked) {
    const PinDesk desk("piv:firmware=5.7,serial=5213");
    ListedPinPeople people;
    people.fresh_pins = {"705831"};
    auto session = desk.open();
    const auto done = desk::hand_over(session, people, {}, PukPolicy::blocked, desk::due(desk.facts()));
    BOOST_TEST(name_of(done) == "");
    BOOST_TEST((done && done->puk == PukState::blocked));
    session.close();
    BOOST_TEST((desk.facts().puk_tries_left == 0U));
    BOOST_TEST(desk.pin_is("705831"));
}

BOOST_AUTO_TEST_CASE(takes_the_factory_values_from_people_where_it_does_not_vouch_for_them) {
    for (const auto* card : {"piv:firmware=4.3,serial=5214", "piv:firmware=nist,serial=5215"}) {
        const PinDesk desk(card);
        ListedPinPeople people;
        people.currents = {"123456", "87654321", "12345678"};
        people.fresh_pins = {"705831"};
        people.fresh_puks = {"40719263"};
        auto session = desk.open();
        const auto done = desk::hand_over(session, people, {}, PukPolicy::holder,
                                          {.pin = true, .puk = true, .puk_changeable = true});
        BOOST_TEST(name_of(done) == "", card);
        BOOST_TEST(people.told.size() == 1U);
        session.close();
        BOOST_TEST(desk.puk_is("40719263", "592716"), card);
        BOOST_TEST(desk.pin_is("592716"), card);
    }
}

BOOST_AUTO_TEST_CASE(says_so_before_it_changes_anything_if_its_puk_stays) {
    for (const auto* card : {"openpgp:serial=5216", "isoapplet:version=1,serial=5217"}) {
        const PinDesk desk(card);
        ListedPinPeople people;
        auto session = desk.open();
        const auto done = desk::hand_over(session, people, {}, PukPolicy::sealed,
                                          {.pin = true, .puk = true, .puk_changeable = false});
        BOOST_TEST(name_of(done) == "desk.puk_fixed", card);
        BOOST_TEST(people.asked.empty());
        session.close();
        BOOST_TEST(desk.pin_is("123456"), card);
    }
}

BOOST_AUTO_TEST_CASE(goes_on_where_it_was_if_it_was_torn_off_between_the_two) {
    const PinDesk desk("piv:firmware=5.7,serial=5218");
    ListedPinPeople people;
    people.fresh_pins = {"705831"}; // and then no PUK
    auto session = desk.open();
    BOOST_TEST(name_of(desk::hand_over(session, people, {}, PukPolicy::holder, desk::due(desk.facts()))) ==
               "issue.cancelled");
    const auto rest = desk::due(desk.facts());
    BOOST_TEST(!rest.pin);
    BOOST_TEST(rest.puk);
    people.fresh_puks = {"40719263"};
    BOOST_TEST(name_of(desk::hand_over(session, people, {}, PukPolicy::holder, rest)) == "");
    session.close();
    BOOST_TEST(desk.pin_is("705831"));
    BOOST_TEST(!desk::due(desk.facts()).any());
}

BOOST_AUTO_TEST_SUITE_END()
