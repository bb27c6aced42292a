// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/apdu.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::practice;

namespace {
std::optional<Command> parse(const char* hex) { return parse_command(from_hex(hex).value()); }
} // namespace

BOOST_AUTO_TEST_SUITE(practice_card_apdu)

BOOST_AUTO_TEST_CASE(the_four_short_cases_are_told_apart) {
    const auto one = parse("00200080").value();
    BOOST_TEST((one.data.empty() && !one.le));
    const auto two = parse("00FD000000").value();
    BOOST_TEST((two.data.empty() && two.le == 256U));
    const auto three = parse("00A4040002A000").value();
    BOOST_TEST((three.data.size() == 2 && !three.le));
    const auto four = parse("00A4040002A00010").value();
    BOOST_TEST((four.data.size() == 2 && four.le == 16U));
}

BOOST_AUTO_TEST_CASE(the_extended_cases_are_told_apart) {
    const auto two = parse("00FD0000000000").value();
    BOOST_TEST((two.extended && two.le == 65536U));
    const auto three = parse("00A40400000002A000").value();
    BOOST_TEST((three.extended && three.data.size() == 2 && !three.le));
    const auto four = parse("00A40400000002A0000100").value();
    BOOST_TEST((four.extended && four.data.size() == 2 && four.le == 256U));
}

BOOST_AUTO_TEST_CASE(lengths_that_contradict_the_whole_are_refused) {
    for (const auto* hex : {"00", "00A404", "00A4040003A000", "00A4040001A0000000", "00A4040000000300A0",
                            "00A40400000001A00000000000", "00A404000000"})
        BOOST_TEST(!parse(hex).has_value(), hex);
}

BOOST_AUTO_TEST_SUITE_END()
