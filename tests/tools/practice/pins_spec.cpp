// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"

#include <boost/test/unit_test.hpp>

using acredita::test::CardOf;

BOOST_AUTO_TEST_SUITE(practice_piv_pins)

BOOST_AUTO_TEST_CASE(a_query_tells_the_tries_and_spends_none) {
    CardOf card("piv:tries=4");
    BOOST_TEST(card.send("00200080") == "63C4");
    BOOST_TEST(card.send("00200080") == "63C4");
}

BOOST_AUTO_TEST_CASE(the_right_pin_is_remembered_until_the_application_is_selected_again) {
    CardOf card;
    BOOST_TEST(card.verify() == "9000");
    BOOST_TEST(card.send("00200080") == "9000");
    (void)card.send("00A40400 05 A000000308");
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(a_reset_forgets_the_pin) {
    CardOf card;
    (void)card.verify();
    card.reset();
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(a_logout_forgets_the_pin) {
    CardOf card;
    (void)card.verify();
    BOOST_TEST(card.send("0020FF80") == "9000");
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(wrong_pins_count_down_and_block) {
    CardOf card;
    const std::string wrong = "393939393939FFFF";
    BOOST_TEST(card.verify(wrong) == "63C2");
    BOOST_TEST(card.verify(wrong) == "63C1");
    BOOST_TEST(card.verify(wrong) == "63C0");
    BOOST_TEST(card.verify() == "6983");
    BOOST_TEST(card.send("00200080") == "6983");
}

BOOST_AUTO_TEST_CASE(the_right_pin_gives_all_tries_back) {
    CardOf card;
    (void)card.verify("393939393939FFFF");
    (void)card.verify();
    (void)card.send("0020FF80");
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_ends_what_the_right_one_had_opened) {
    CardOf card;
    (void)card.verify();
    (void)card.verify("393939393939FFFF");
    BOOST_TEST(card.send("00200080") == "63C2");
}

BOOST_AUTO_TEST_CASE(a_pin_of_the_wrong_form_spends_no_try) {
    CardOf card("piv:firmware=pivapplet");
    BOOST_TEST(card.verify("31323334353AFFFF") == "6A80");
    BOOST_TEST(card.send("00200080 06 313233343536") == "6A80");
    BOOST_TEST(card.send("00200080") == "63C5");
}

BOOST_AUTO_TEST_CASE(other_references_and_parameters_are_refused) {
    CardOf card;
    BOOST_TEST(card.send("00200000") == "6A88");
    BOOST_TEST(card.send("00200180") == "6A86");
    BOOST_TEST(card.send("0020FF80 01 00") == "6A80");
}

BOOST_AUTO_TEST_CASE(the_pin_is_changed_by_who_knows_it) {
    CardOf card;
    BOOST_TEST(card.send("00240080 10 393939393939FFFF 363534333231FFFF") == "63C2");
    BOOST_TEST(card.send("00240080 10 313233343536FFFF 363534333231FFFF") == "9000");
    BOOST_TEST(card.verify("363534333231FFFF") == "9000");
}

BOOST_AUTO_TEST_CASE(a_new_pin_of_less_than_six_is_refused_and_spends_no_try) {
    CardOf card;
    BOOST_TEST(card.send("00240080 10 313233343536FFFF 3635343332FFFFFF") == "6A80");
    BOOST_TEST(card.verify() == "9000");
}

BOOST_AUTO_TEST_CASE(the_puk_unblocks_the_pin) {
    CardOf card("piv:tries=1");
    (void)card.verify("393939393939FFFF");
    BOOST_TEST(card.send("002C0080 10 3132333435363738 363534333231FFFF") == "9000");
    BOOST_TEST(card.verify("363534333231FFFF") == "9000");
}

BOOST_AUTO_TEST_CASE(a_wrong_puk_counts_down_the_puk_alone) {
    CardOf card;
    BOOST_TEST(card.send("002C0080 10 3939393939393939 363534333231FFFF") == "63C2");
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(tries_are_set_with_the_administration_key_and_the_pin_together) {
    CardOf card;
    (void)card.verify();
    BOOST_TEST(card.send("00FA0507") == "6982");
    BOOST_REQUIRE(card.unlock());
    BOOST_TEST(card.send("00FA0507") == "9000");
    BOOST_TEST(card.send("00200080") == "63C5");
    BOOST_TEST(card.send("00F70081").substr(0, 20) == "0101FF05010106020707");
}

BOOST_AUTO_TEST_CASE(only_a_card_with_pin_and_puk_blocked_is_reset) {
    CardOf card("piv:tries=1");
    BOOST_TEST(card.send("00FB0000") == "6985");
    (void)card.verify("393939393939FFFF");
    BOOST_TEST(card.send("00FB0000") == "6985");
    for (int n = 0; n < 3; ++n) (void)card.send("002C0080 10 3939393939393939 363534333231FFFF");
    BOOST_TEST(card.send("00FB0000") == "9000");
    BOOST_TEST(card.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_SUITE_END()
