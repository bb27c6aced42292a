// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/bytes.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

namespace {

Result<int> half(int value) {
    if (value % 2 != 0) return fail(bytes_errc::too_short, "odd");
    return value / 2;
}

Result<int> quarter(int value) {
    ACREDITA_TRY(once, half(value));
    ACREDITA_TRY(twice, half(once));
    return twice;
}

} // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(an_error_is_named_by_family_and_enumerator) {
    const auto error = half(1).error();
    BOOST_TEST(error_name(error.code) == "bytes.too_short");
    BOOST_TEST(error.code.message() == "the data end too early");
    BOOST_TEST(is(error, bytes_errc::too_short));
    BOOST_TEST(!is(error, bytes_errc::not_hex));
}

BOOST_AUTO_TEST_CASE(a_foreign_error_is_named_by_category_and_number) {
    BOOST_TEST(error_name(std::make_error_code(std::errc::no_such_file_or_directory)) == "generic.2");
}

BOOST_AUTO_TEST_CASE(an_unknown_number_of_a_family_has_a_name_too) {
    const std::error_code unknown(4711, error_category<bytes_errc>());
    BOOST_TEST(error_name(unknown) == "bytes.unknown");
    BOOST_TEST(unknown.message() == "unknown error");
}

BOOST_AUTO_TEST_CASE(an_error_keeps_the_place_where_it_was_made_on_its_way_up) {
    const auto line = half(1).error().where.line();
    const auto error = quarter(2).error();
    BOOST_TEST(error.where.line() == line);
    BOOST_TEST(quarter(8).value() == 2);
    const auto text = describe(error);
    BOOST_TEST(text.starts_with("bytes.too_short: the data end too early (odd) at "));
    BOOST_TEST(text.ends_with(":" + std::to_string(line)));
}

BOOST_AUTO_TEST_SUITE_END()
