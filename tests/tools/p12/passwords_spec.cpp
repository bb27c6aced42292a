// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The readings of a typed password, as the key derivations get them.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/passwords.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using test::secret;

namespace {

const Candidate* find(const std::vector<Candidate>& list, PasswordForm form) {
    const auto found = std::ranges::find(list, form, &Candidate::form);
    return found == list.end() ? nullptr : &*found;
}

std::string wide(std::string_view typed, PasswordForm form) {
    const auto list = candidates(secret(typed));
    const auto* candidate = find(list, form);
    return candidate == nullptr ? "none" : to_hex(candidate->wide);
}

std::string octets(std::string_view typed, PasswordForm form) {
    const auto list = candidates(secret(typed));
    const auto* candidate = find(list, form);
    return candidate == nullptr ? "none" : to_hex(candidate->octets);
}

} // namespace

BOOST_AUTO_TEST_SUITE(password_readings)

BOOST_AUTO_TEST_CASE(an_ascii_password_has_one_reading) {
    BOOST_TEST(candidates(secret("1234")).size() == 1U);
    BOOST_TEST(wide("1234", PasswordForm::typed) == "00310032003300340000");
    BOOST_TEST(octets("1234", PasswordForm::typed) == "31323334");
}

BOOST_AUTO_TEST_CASE(nothing_typed_is_first_a_terminator_and_then_nothing) {
    const auto list = candidates({});
    BOOST_REQUIRE(list.size() == 2U);
    BOOST_TEST(to_hex(list[0].wide) == "0000");
    BOOST_TEST(to_hex(list[1].wide) == "");
}

BOOST_AUTO_TEST_CASE(a_dead_key_and_a_composed_letter_are_the_same_password) {
    BOOST_TEST(wide("n\xCC\x83", PasswordForm::typed) == "00F10000");
    BOOST_TEST(wide("\xC3\xB1", PasswordForm::typed) == "00F10000");
}

BOOST_AUTO_TEST_CASE(the_decomposed_reading_is_there_too) {
    BOOST_TEST(wide("\xC3\xB1", PasswordForm::decomposed) == "006E03030000");
}

BOOST_AUTO_TEST_CASE(combining_marks_are_put_into_canonical_order) {
    BOOST_TEST(wide("q\xCC\x87\xCC\xA3", PasswordForm::decomposed) ==
               wide("q\xCC\xA3\xCC\x87", PasswordForm::decomposed));
}

BOOST_AUTO_TEST_CASE(an_emoji_is_a_pair_of_surrogates) {
    BOOST_TEST(wide("\xF0\x9F\x98\x80", PasswordForm::typed) == "D83DDE000000");
}

BOOST_AUTO_TEST_CASE(old_openssl_widened_the_octets_of_utf8) {
    BOOST_TEST(wide("\xC3\xB1", PasswordForm::widened_utf8) == "00C300B10000");
}

BOOST_AUTO_TEST_CASE(the_euro_sign_has_an_octet_in_windows_1252) {
    BOOST_TEST(octets("\xE2\x82\xAC", PasswordForm::windows_1252) == "80");
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_utf8_are_read_as_windows_1252) {
    BOOST_TEST(octets("\xF1", PasswordForm::typed) == "C3B1");
}

BOOST_AUTO_TEST_CASE(blanks_around_it_may_not_belong_to_it) {
    BOOST_TEST(octets(" 1234 \r\n", PasswordForm::trimmed) == "31323334");
}

BOOST_AUTO_TEST_SUITE_END()
