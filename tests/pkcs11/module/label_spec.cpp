// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/module/label.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita::module;

BOOST_AUTO_TEST_SUITE(Labels)

BOOST_AUTO_TEST_CASE(A_label_carries_the_name_and_the_month_it_ends) {
    BOOST_TEST(certificate_label("NOMBRE APELLIDO", "20310517000000Z", "x") == "NOMBRE APELLIDO (2031-05)");
}
BOOST_AUTO_TEST_CASE(A_certificate_without_name_or_date_is_called_by_its_place) {
    BOOST_TEST(certificate_label("", "", "Certificate 9A") == "Certificate 9A");
}
BOOST_AUTO_TEST_CASE(A_colon_never_appears_because_NSS_splits_names_there) {
    BOOST_TEST(clean_text("a:b") == "a-b");
}
BOOST_AUTO_TEST_CASE(Broken_UTF8_and_control_characters_become_question_marks) {
    BOOST_TEST(clean_text("a\xC3") == "a?");
    BOOST_TEST(clean_text("a\n\x7F") == "a??");
    BOOST_TEST(clean_text("\xED\xA0\x80") == "???");
    BOOST_TEST(clean_text("\xC0\x80") == "??");
}
BOOST_AUTO_TEST_CASE(A_fixed_field_ends_with_a_whole_character_and_blanks) {
    unsigned char field[4];
    put_text(field, "abc\xC3\xB1");
    BOOST_TEST(std::string(reinterpret_cast<char*>(field), 4) == "abc ");
}

BOOST_AUTO_TEST_SUITE_END()
