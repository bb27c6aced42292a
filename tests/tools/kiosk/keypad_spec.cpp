// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The order of the digits on the screen.
#include "tools/kiosk/secret/keypad_model.hpp"

#include <map>
#include <set>
#include <vector>

#include <boost/test/unit_test.hpp>

using acredita::kiosk::KeypadModel;

namespace {

std::vector<int> shown(const KeypadModel& keypad) {
    std::vector<int> digits;
    for (int row = 0; row < keypad.rowCount(); ++row)
        digits.push_back(keypad.data(keypad.index(row), Qt::UserRole).toInt());
    return digits;
}

const std::vector<int> as_on_a_telephone{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};

} // namespace

BOOST_AUTO_TEST_CASE(the_digits_stand_as_on_a_telephone_until_somebody_wants_them_shuffled) {
    KeypadModel keypad;
    BOOST_TEST(shown(keypad) == as_on_a_telephone);
    keypad.shuffle();
    keypad.set_shuffled(false);
    BOOST_TEST(shown(keypad) == as_on_a_telephone);
}

BOOST_AUTO_TEST_CASE(a_shuffled_keypad_has_every_digit_once_and_each_of_them_everywhere) {
    KeypadModel keypad;
    std::map<int, std::set<int>> places;
    for (int i = 0; i < 1000; ++i) {
        keypad.shuffle();
        const auto digits = shown(keypad);
        BOOST_REQUIRE(std::set<int>(digits.begin(), digits.end()).size() == 10U);
        for (int place = 0; place < 10; ++place)
            places[digits[static_cast<std::size_t>(place)]].insert(place);
    }
    // The probability that a place is missed is 10 * 10 * 0.9^1000, less than one in 10^43.
    for (const auto& [digit, seen] : places) BOOST_TEST(seen.size() == 10U, "digit " << digit);
}
