// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card_spec.hpp"
#include "tools/practice/error.hpp"
#include "tools/practice/piv/options.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::practice;

BOOST_AUTO_TEST_SUITE(practice_card_spec)

BOOST_AUTO_TEST_CASE(a_kind_alone_has_the_usual_options) {
    const auto settings = piv::read_settings({}).value();
    BOOST_TEST(settings.firmware->name == "5.4");
    BOOST_TEST(settings.extended);
    const auto spec = parse_card("piv").value();
    BOOST_TEST(spec.chip.extended);
    BOOST_TEST(!spec.pinpad);
}

BOOST_AUTO_TEST_CASE(options_are_read_in_any_order) {
    const auto settings =
        piv::read_settings({{"tries", "7"}, {"firmware", "pivapplet"}, {"extended", "no"}}).value();
    BOOST_TEST(settings.firmware->name == "pivapplet");
    BOOST_TEST(settings.fresh.pin_tries == 7U);
    BOOST_TEST(!settings.extended);
}

BOOST_AUTO_TEST_CASE(what_belongs_to_the_reader_stands_among_the_options_of_any_card) {
    for (const std::string kind : {"piv", "unknown", "mute"}) {
        const auto spec = parse_card(kind + ":pinpad,name=Yubico YubiKey").value();
        BOOST_TEST(spec.pinpad);
        BOOST_TEST(spec.reader_name == "Yubico YubiKey");
    }
    BOOST_TEST(!parse_card("piv:tries=7,extended=no,pinpad").value().chip.extended);
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_named) {
    for (const auto& [text, named] :
         std::vector<std::pair<std::string, std::string>>{{"sim", "sim"},
                                                          {"piv:firmware=9", "9"},
                                                          {"piv:tries=0", "tries"},
                                                          {"piv:tries=x", "tries"},
                                                          {"piv:t0=yes", "t0"},
                                                          {"piv:pin=12345", "pin"},
                                                          {"piv:faulty=all", "faulty"},
                                                          {"unknown:atr=3", "atr"},
                                                          {"mute:tries=3", "tries"},
                                                          {"piv:wrong", "wrong"}}) {
        const auto spec = parse_card(text);
        BOOST_REQUIRE(!spec);
        BOOST_TEST(is(spec.error(), practice_errc::bad_card));
        BOOST_TEST(spec.error().detail == named);
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_card_refuses_everything) {
    const auto card = parse_card("unknown:atr=3B00").value().chip.make(1);
    BOOST_TEST(to_hex(card->atr()) == "3B00");
    BOOST_TEST(to_hex(card->exchange(from_hex("00A4040005A000000308").value())) == "6A82");
    BOOST_TEST(to_hex(card->exchange(from_hex("00200080").value())) == "6D00");
}

BOOST_AUTO_TEST_CASE(a_mute_card_has_no_answer_to_reset_and_an_empty_reader_no_card) {
    BOOST_TEST(parse_card("mute").value().chip.make(1)->atr().empty());
    BOOST_TEST(!parse_card("none").value().chip.make(1));
}

BOOST_AUTO_TEST_SUITE_END()
