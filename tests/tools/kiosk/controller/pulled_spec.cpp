// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card or a stick that is taken out in the middle: a page says what state things are in, and the visit goes
// on when they are back.
#include "tests/tools/kiosk/controller/visit_bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

BOOST_AUTO_TEST_SUITE(taken_out)

BOOST_AUTO_TEST_CASE(a_card_at_the_password_is_waited_for_and_the_password_is_asked) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.practice->remove(0));
    BOOST_REQUIRE(kiosk.comes("away"));
    BOOST_TEST(kiosk.visit->away()["what"].toString().toStdString() == "card");
    BOOST_TEST(kiosk.visit->away()["state"].toString().toStdString() == "untouched");
    BOOST_REQUIRE(kiosk.practice->insert(0));
    BOOST_TEST(kiosk.comes("password"));
}

BOOST_AUTO_TEST_CASE(a_card_at_the_pin_is_waited_for_and_only_the_pin_is_asked_again) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    BOOST_REQUIRE(kiosk.to_pin());
    BOOST_REQUIRE(kiosk.practice->remove(0));
    BOOST_REQUIRE(kiosk.comes("away"));
    BOOST_REQUIRE(kiosk.practice->insert(0));
    BOOST_REQUIRE(kiosk.comes("pin"));
    BOOST_TEST(kiosk.to_proven());
}

BOOST_AUTO_TEST_CASE(a_card_in_the_middle_of_the_writing_is_completed_when_it_is_back) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    BOOST_REQUIRE(kiosk.to_pin());
    BOOST_REQUIRE(kiosk.practice->reset_exchanges(0));
    BOOST_REQUIRE(kiosk.practice->tear_at(0, practice::Tear{.exchange = 4}));
    kiosk.type(card_pin);
    BOOST_REQUIRE(kiosk.comes("away"));
    BOOST_REQUIRE(kiosk.practice->tear_at(0, std::nullopt));
    BOOST_REQUIRE(kiosk.practice->insert(0));
    BOOST_REQUIRE(kiosk.comes("pin"));
    BOOST_TEST(kiosk.to_proven());
}

BOOST_AUTO_TEST_CASE(a_stick_at_the_password_is_missed_but_not_needed) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    kiosk.pull("usb");
    BOOST_REQUIRE(kiosk.comes("away"));
    BOOST_TEST(kiosk.visit->away()["what"].toString().toStdString() == "stick");
    BOOST_TEST(kiosk.visit->away()["canGoOn"].toBool());
    kiosk.visit->goOn();
    BOOST_TEST(kiosk.page() == "password");
    BOOST_TEST(kiosk.to_person());
}

BOOST_AUTO_TEST_CASE(a_stick_that_is_back_takes_the_visit_where_it_was) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    kiosk.pull("usb");
    BOOST_REQUIRE(kiosk.comes("away"));
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.comes("password"));
    BOOST_TEST(kiosk.to_person());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
