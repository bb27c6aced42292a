// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person typed, before anybody uses it.
#include "tools/kiosk/secret/entry.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using acredita::kiosk::Entry;

namespace {

void type(Entry& entry, std::u32string_view text) {
    for (const auto character : text) BOOST_REQUIRE(entry.add(character));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_password_is_kept_as_utf8) {
    Entry entry(20, false);
    type(entry, U"año ç€😀");
    BOOST_TEST(entry.length() == 7U);
    BOOST_TEST(entry.take().text() == "a\xC3\xB1o \xC3\xA7\xE2\x82\xAC\xF0\x9F\x98\x80");
}

BOOST_AUTO_TEST_CASE(each_character_can_be_read_where_it_stands) {
    Entry entry(20, false);
    type(entry, U"añ€😀");
    const std::u32string expected = U"añ€😀";
    for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST((entry.at(i) == expected[i]));
    BOOST_TEST(!entry.at(4).has_value());
}

BOOST_AUTO_TEST_CASE(erasing_takes_back_one_character_however_many_bytes_it_has) {
    Entry entry(20, false);
    type(entry, U"añ€😀");
    for (const auto* left : {"a\xC3\xB1\xE2\x82\xAC", "a\xC3\xB1", "a", "", ""}) {
        entry.erase();
        Entry copy(20, false);
        for (std::size_t i = 0; i < entry.length(); ++i) BOOST_REQUIRE(copy.add(*entry.at(i)));
        BOOST_TEST(copy.take().text() == left);
    }
    BOOST_TEST(entry.length() == 0U);
}

BOOST_AUTO_TEST_CASE(a_full_entry_refuses_the_next_character_and_keeps_what_it_has) {
    Entry entry(4, false);
    type(entry, U"😀😀😀😀");
    BOOST_TEST(!entry.add(U'x'));
    BOOST_TEST(entry.take().size() == 16U);
}

BOOST_AUTO_TEST_CASE(a_pin_takes_digits_and_nothing_else) {
    Entry entry(8, true);
    for (const char32_t other : {U'a', U' ', U'٣', U'/', U':', U'\n'}) BOOST_TEST(!entry.add(other));
    type(entry, U"0190");
    BOOST_TEST(entry.take().text() == "0190");
}

BOOST_AUTO_TEST_CASE(control_characters_and_halves_of_characters_are_no_part_of_a_password) {
    Entry entry(8, false);
    for (const char32_t other :
         {char32_t{0}, U'\t', U'\x7F', char32_t{0x85}, char32_t{0xD800}, char32_t{0x110000}})
        BOOST_TEST(!entry.add(other));
    BOOST_TEST(entry.length() == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_typed_stays_in_one_locked_place_until_it_is_taken) {
    Entry entry(100, false);
    BOOST_REQUIRE(entry.add(U'a'));
    for (int i = 1; i < 100; ++i) BOOST_REQUIRE(entry.add(U'ñ'));
    const auto taken = entry.take();
    BOOST_TEST(taken.locked());
    BOOST_TEST(taken.capacity() == 400U);
    BOOST_TEST(entry.length() == 0U);
    BOOST_TEST(entry.take().empty());
}

BOOST_AUTO_TEST_CASE(what_was_cleared_is_overwritten) {
    Entry entry(8, false);
    type(entry, U"secreto");
    entry.clear();
    BOOST_TEST(entry.length() == 0U);
    auto taken = entry.take();
    for (std::size_t i = 0; i < taken.capacity(); ++i) BOOST_TEST(int(taken.data()[i]) == 0);
}
