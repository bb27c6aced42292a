// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Spanish identity numbers: found only with a right check letter, shown only masked.
#include "tools/p12/nif.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita::p12;

BOOST_AUTO_TEST_SUITE(identity_numbers)

BOOST_AUTO_TEST_CASE(a_dni_is_found_inside_a_common_name) {
    BOOST_TEST(find_nif("EJEMPLO PRUEBA ANA - 12345678Z").value_or("") == "12345678Z");
}
BOOST_AUTO_TEST_CASE(a_nie_is_found) { BOOST_TEST(find_nif("X1234567L").value_or("") == "X1234567L"); }
BOOST_AUTO_TEST_CASE(a_wrong_letter_is_no_dni) { BOOST_TEST(!find_nif("12345678A")); }
BOOST_AUTO_TEST_CASE(a_part_of_a_longer_word_is_no_dni) { BOOST_TEST(!find_nif("A12345678Z")); }
BOOST_AUTO_TEST_CASE(a_dni_shows_four_digits) { BOOST_TEST(mask_nif("12345678Z") == "***4567**"); }
BOOST_AUTO_TEST_CASE(a_nie_shows_four_digits) { BOOST_TEST(mask_nif("X1234567L") == "****4567*"); }
BOOST_AUTO_TEST_CASE(a_name_is_shown_without_the_number_in_it) {
    BOOST_TEST(hide_nif("ANA - 12345678Z (X1234567L)") == "ANA - ***4567** (****4567*)");
}
BOOST_AUTO_TEST_CASE(a_number_known_from_elsewhere_is_hidden_too) {
    BOOST_TEST(hide_nif("ANA AB123456C", "AB123456C") == "ANA ****3456*");
}

BOOST_AUTO_TEST_SUITE_END()
