// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Visits for the PIN alone, and a card that is handed over with its load.
#include "tests/tools/kiosk/controller/visit_bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

constexpr std::string_view new_pin = "842917";
constexpr std::string_view new_puk = "60482913";

// A PIN visit begins on its menu, once the card has been looked at.
void begin(Kiosk& kiosk, const char* what) {
    BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->card()["known"].toBool(); }));
    kiosk.visit->show("pinMenu");
    BOOST_REQUIRE(kiosk.page() == "pinMenu");
    kiosk.visit->show(what);
}

void type_twice(Kiosk& kiosk, std::string_view first, std::string_view second) {
    Typed one(first);
    Typed other(second);
    kiosk.visit->giveNewSecret(&one, &other);
}

BOOST_AUTO_TEST_SUITE(the_pin)

BOOST_AUTO_TEST_CASE(is_changed_by_whoever_knows_it) {
    Kiosk kiosk;
    begin(kiosk, "changePin");
    BOOST_REQUIRE(kiosk.comes("pin"));
    kiosk.type(card_pin);
    BOOST_REQUIRE(kiosk.comes("newPin"));
    type_twice(kiosk, new_pin, new_pin);
    BOOST_TEST(kiosk.comes("pinDone"));
}

BOOST_AUTO_TEST_CASE(that_is_new_is_typed_twice_alike_and_is_no_sequence) {
    Kiosk kiosk;
    begin(kiosk, "changePin");
    BOOST_REQUIRE(kiosk.comes("pin"));
    kiosk.type(card_pin);
    BOOST_REQUIRE(kiosk.comes("newPin"));
    type_twice(kiosk, new_pin, "842971");
    BOOST_TEST(kiosk.page() == "newPin");
    BOOST_TEST(!kiosk.visit->question()["refused"].toString().isEmpty());
    const auto differ = kiosk.visit->question()["refused"].toString();
    type_twice(kiosk, "234567", "234567");
    BOOST_REQUIRE(kiosk.comes_true(
        [&] { return kiosk.page() == "newPin" && kiosk.visit->question()["refused"].toString() != differ; }));
    type_twice(kiosk, new_pin, new_pin);
    BOOST_TEST(kiosk.comes("pinDone"));
}

BOOST_AUTO_TEST_CASE(that_is_blocked_is_given_anew_with_the_puk) {
    Kiosk kiosk("piv:pin=271828,puk=31415926,left=0");
    begin(kiosk, "puk");
    BOOST_REQUIRE(kiosk.comes("puk"));
    kiosk.type("31415926");
    BOOST_REQUIRE(kiosk.comes("newPin"));
    type_twice(kiosk, new_pin, new_pin);
    BOOST_TEST(kiosk.comes("pinDone"));
}

BOOST_AUTO_TEST_CASE(that_is_blocked_is_told_before_a_load_asks_anything_and_can_be_mended_from_there) {
    Kiosk kiosk("piv:pin=271828,puk=31415926,left=0");
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->card()["known"].toBool(); }));
    kiosk.visit->goOn();
    BOOST_REQUIRE(kiosk.comes("trouble"));
    BOOST_TEST(kiosk.visit->trouble()["remedy"].toString().toStdString() == "unblock");
    kiosk.visit->again();
    BOOST_REQUIRE(kiosk.comes("puk"));
    kiosk.type("31415926");
    BOOST_REQUIRE(kiosk.comes("newPin"));
    type_twice(kiosk, new_pin, new_pin);
    BOOST_REQUIRE(kiosk.comes("pinDone"));
    kiosk.visit->goOn(); // with what the blocked PIN stood in the way of
    BOOST_TEST(kiosk.page() == "bring");
    BOOST_TEST(kiosk.comes_true([&] { return kiosk.visit->ready(); }));
}

BOOST_AUTO_TEST_CASE(of_the_factory_is_changed_by_the_holder_before_the_load_and_asked_once) {
    Kiosk kiosk("piv");
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    kiosk.visit->agree();
    kiosk.visit->agree();
    BOOST_REQUIRE(kiosk.comes("newPin"));
    type_twice(kiosk, new_pin, new_pin);
    BOOST_REQUIRE(kiosk.comes("newPuk"));
    type_twice(kiosk, new_puk, new_puk);
    BOOST_TEST(kiosk.comes("proven")); // the PIN that was just chosen is not asked for again
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
