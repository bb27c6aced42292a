// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which new PINs a holder may choose.
#include "tools/desk/pin_policy.hpp"

#include <array>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using desk::desk_errc;

Secret secret(std::string_view text) { return Secret(as_bytes(text)); }

// The reason against it, or "" for a good one.
std::string against(std::string_view pin, const desk::PinRules& rules = {}) {
    const auto judged = desk::judge_new_pin(secret(pin), rules);
    return judged ? std::string() : error_name(judged.error().code);
}

const desk::PersonalNumbers person{
    .nif = "39587164K", .birth = "1983-07-29", .phone = "+34 612 940 857", .card = "17050392"};

} // namespace

BOOST_AUTO_TEST_SUITE(a_new_pin)

BOOST_DATA_TEST_CASE(is_taken_if_nobody_would_guess_it,
                     boost::unit_test::data::make({"705831", "592716", "908172", "40719263", "2714093"}),
                     pin) {
    BOOST_TEST(against(pin) == "");
    BOOST_TEST(against(pin, {.person = person}) == "");
}

BOOST_AUTO_TEST_CASE(has_the_length_the_card_takes_and_the_reason_says_which) {
    const desk::PinRules rules{.shortest = 6, .longest = 8};
    const auto judged = desk::judge_new_pin(secret("70583"), rules);
    BOOST_REQUIRE(!judged);
    BOOST_TEST(is(judged.error(), desk_errc::pin_too_short));
    BOOST_TEST(judged.error().detail == "6");
    BOOST_TEST(against("", rules) == "desk.pin_too_short");
    BOOST_TEST(against("705831460", rules) == "desk.pin_too_long");
}

BOOST_AUTO_TEST_CASE(has_digits_only_unless_the_card_is_typed_at_with_letters) {
    BOOST_TEST(against("70583a") == "desk.pin_not_digits");
    BOOST_TEST(against("ñandú7") == "desk.pin_not_digits");
    BOOST_TEST(against("r7Kp2w", {.digits_only = false}) == "");
}

BOOST_DATA_TEST_CASE(is_none_that_counts_or_follows_the_keys,
                     boost::unit_test::data::make({"234567", "654321", "890123", "701234", "987650", "334455",
                                                   "147258", "789456", "963852", "258013", "085274",
                                                   "15935742"}),
                     pin) {
    BOOST_TEST(against(pin) == "desk.pin_sequence");
}

BOOST_DATA_TEST_CASE(is_none_that_repeats_itself,
                     boost::unit_test::data::make({"777777", "299996", "121212", "700700", "583583",
                                                   "58315831", "445454"}),
                     pin) {
    BOOST_TEST(against(pin) == "desk.pin_repeats");
}

BOOST_DATA_TEST_CASE(is_none_that_cards_are_delivered_with,
                     boost::unit_test::data::make({"123456", "12345678", "000000", "11223344"}), pin) {
    BOOST_TEST(against(pin) == "desk.pin_factory");
}

BOOST_DATA_TEST_CASE(is_no_part_of_the_identity_number_forwards_or_backwards,
                     boost::unit_test::data::make({"395871", "871640", "046178", "58716402"}), pin) {
    BOOST_TEST(against(pin, {.person = person}) == "desk.pin_from_nif");
}

BOOST_AUTO_TEST_CASE(is_no_part_of_a_NIE_either_whose_letter_is_a_digit) {
    BOOST_TEST(against("139580", {.person = {.nif = "Y3958716F"}}) == "desk.pin_from_nif");
    BOOST_TEST(against("805871", {.person = {.nif = "Y-3958716-F"}}) == "desk.pin_from_nif");
}

BOOST_DATA_TEST_CASE(is_no_date_of_birth_however_it_is_written,
                     boost::unit_test::data::make({"290783", "830729", "072983", "29071983", "198307",
                                                   "401983", "290750"}),
                     pin) {
    BOOST_TEST(against(pin, {.person = {.birth = "1983-07-29"}}) == "desk.pin_from_birth");
    BOOST_TEST(against(pin, {.person = {.birth = "29/07/1983"}}) == "desk.pin_from_birth");
    BOOST_TEST(against(pin, {.person = {.birth = "19830729"}}) == "desk.pin_from_birth");
}

BOOST_AUTO_TEST_CASE(is_no_part_of_telephone_or_card_number) {
    BOOST_TEST(against("612940", {.person = person}) == "desk.pin_from_phone");
    BOOST_TEST(against("085710", {.person = {.phone = "612 94 08 57"}}) == "desk.pin_from_phone");
    BOOST_TEST(against("705039", {.person = person}) == "desk.pin_from_card");
}

BOOST_AUTO_TEST_CASE(is_neither_the_old_one_nor_the_other_secret_of_the_card) {
    const auto old = secret("705831"), puk = secret("40719263"), none = Secret();
    const std::array others{&old, &puk, &none};
    BOOST_TEST(is(desk::judge_new_pin(secret("705831"), {}, others).error(), desk_errc::pin_unchanged));
    BOOST_TEST(is(desk::judge_new_pin(secret("40719263"), {}, others).error(), desk_errc::pin_unchanged));
    BOOST_TEST(desk::judge_new_pin(secret("592716"), {}, others).has_value());
}

BOOST_AUTO_TEST_CASE(is_seldom_refused_if_it_was_drawn_by_lot) {
    unsigned refused = 0;
    for (unsigned i = 0; i < 1000000; i += 7) {
        auto pin = std::to_string(i);
        pin.insert(0, 6 - pin.size(), '0');
        refused += against(pin, {.person = person}).empty() ? 0U : 1U;
    }
    BOOST_TEST(refused < 1000000 / 7 / 20); // one in twenty
    BOOST_TEST_MESSAGE("refused " << refused << " of " << 1000000 / 7);
}

BOOST_AUTO_TEST_SUITE_END()
