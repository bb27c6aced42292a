// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// X.690 8.1.3.6 and 8.7.3 rewritten, and every way a hostile encoder might try.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/ber.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using test::outcome;

namespace {

std::string rewritten(std::string_view hex) {
    const auto result = to_definite(from_hex(hex).value());
    return result ? to_hex(result->der) : outcome(result);
}

Bytes nested(std::size_t depth) {
    Bytes bytes;
    for (std::size_t i = 0; i < depth; ++i) append(bytes, from_hex("24 80").value());
    for (std::size_t i = 0; i < depth; ++i) append(bytes, from_hex("00 00").value());
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ber)

BOOST_AUTO_TEST_CASE(der_stays_as_it_is) {
    BOOST_TEST(rewritten("30 05 02 01 03 05 00") == "30050201030500");
}

BOOST_AUTO_TEST_CASE(an_indefinite_length_becomes_definite) {
    BOOST_TEST(rewritten("30 80 02 01 03 30 80 05 00 00 00 00 00") == "300702010330020500");
}

BOOST_AUTO_TEST_CASE(a_constructed_octet_string_becomes_primitive) {
    BOOST_TEST(rewritten("30 80 24 80 04 01 AA 24 04 04 02 BB CC 00 00 00 00") == "30050403AABBCC");
}

BOOST_AUTO_TEST_CASE(a_length_longer_than_needed_becomes_shortest) {
    BOOST_TEST(rewritten("30 82 00 03 02 01 03") == "3003020103");
}

BOOST_AUTO_TEST_CASE(what_lies_inside_an_octet_string_is_left_alone) {
    BOOST_TEST(rewritten("04 04 30 80 00 00") == "040430800000");
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_element_are_not_consumed) {
    BOOST_TEST(to_definite(from_hex("30 00 FF FF").value())->consumed == 2U);
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_early_says_how_many_bytes_are_missing) {
    const auto result = to_definite(from_hex("30 0A 02 01 03").value());
    BOOST_TEST(outcome(result) == "truncated");
    BOOST_TEST(result.error().detail == "missing=7");
}

BOOST_AUTO_TEST_CASE(an_indefinite_length_without_its_end_is_truncated) {
    BOOST_TEST(rewritten("30 80 02 01 03") == "truncated");
}

BOOST_AUTO_TEST_CASE(an_element_longer_than_the_one_around_it_is_damaged) {
    BOOST_TEST(rewritten("30 03 04 05 00 00 00 00") == "damaged");
}

BOOST_AUTO_TEST_CASE(a_primitive_element_of_indefinite_length_is_damaged) {
    BOOST_TEST(rewritten("04 80 00 00") == "damaged");
}

BOOST_AUTO_TEST_CASE(a_string_made_of_integers_is_damaged) {
    BOOST_TEST(rewritten("24 03 02 01 03") == "damaged");
}

BOOST_AUTO_TEST_CASE(thirty_two_levels_are_read) { BOOST_TEST(outcome(to_definite(nested(32))) == "ok"); }

BOOST_AUTO_TEST_CASE(thirty_three_levels_are_damaged) {
    BOOST_TEST(outcome(to_definite(nested(33))) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_million_levels_do_no_harm) {
    BOOST_TEST(outcome(to_definite(nested(1'000'000))) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_million_elements_do_no_harm) {
    Bytes nulls;
    for (int i = 0; i < 1'000'000; ++i) append(nulls, from_hex("05 00").value());
    BOOST_TEST(outcome(to_definite(make_tlv(0x30, nulls))) == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
