// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/bytes.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

BOOST_AUTO_TEST_SUITE(hexadecimal)

BOOST_AUTO_TEST_CASE(every_byte_is_spelled_with_two_upper_case_digits_and_read_back) {
    Bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
    const auto text = to_hex(all);
    BOOST_TEST(text.size() == 512U);
    BOOST_TEST(text.substr(0, 6) == "000102");
    BOOST_TEST(text.substr(508) == "FEFF");
    BOOST_TEST(equal(from_hex(text).value(), all));
}

BOOST_AUTO_TEST_CASE(spaces_and_colons_between_bytes_and_lower_case_are_read) {
    BOOST_TEST(to_hex(from_hex(" 0a:0B 0c").value()) == "0A0B0C");
    BOOST_TEST(from_hex("").value().empty());
}

BOOST_AUTO_TEST_CASE(half_bytes_and_other_characters_are_refused_with_their_place) {
    for (const auto* text : {"0", "0A0", "0 A", "0x", "GG", "0A-0B", "\xC3\xA9"}) {
        const auto bytes = from_hex(text);
        BOOST_REQUIRE(!bytes);
        BOOST_CHECK(is(bytes.error(), bytes_errc::not_hex));
    }
    BOOST_TEST(from_hex("0A0G").error().detail == "at character 2");
}

BOOST_AUTO_TEST_CASE(parts_are_joined_in_order) {
    const Bytes a{1}, b{}, c{2, 3};
    BOOST_TEST(to_hex(concat({a, b, c})) == "010203");
    BOOST_TEST(!equal(a, c));
    BOOST_TEST(as_text(as_bytes("text")) == "text");
}

BOOST_AUTO_TEST_SUITE_END()
