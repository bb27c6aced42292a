// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/bytes.hpp"
#include "tools/trace/visible.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using trace::visible;

namespace {

// How many bytes of the command are shown, and "+" if the answer's data are.
std::string shown(std::string_view hex, bool before = false) {
    const auto seen = visible(from_hex(hex).value(), before);
    return std::to_string(seen.command) + (seen.response ? "+" : "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(trace_visible)

BOOST_AUTO_TEST_CASE(what_only_reads_is_shown_whole) {
    BOOST_TEST(shown("00A4040005A000000308") == "10+");
    BOOST_TEST(shown("00CB3FFF055C035FC10500") == "11+");
    BOOST_TEST(shown("00CA006E00") == "5+");
    BOOST_TEST(shown("80CA9F7F00") == "5+");
    BOOST_TEST(shown("00B0000000") == "5+");
    BOOST_TEST(shown("00F7009A00") == "5+");
    BOOST_TEST(shown("00FD000000") == "5+");
    BOOST_TEST(shown("00F8000000") == "5+");
    BOOST_TEST(shown("002241B6038401") == "7+");
}

BOOST_AUTO_TEST_CASE(of_pins_the_header_is_shown_only) {
    for (const auto* command : {"0020008008313233343536FFFF", "0024008010313233343536FFFF363534333231FFFF",
                                "002C008010313233343536373836353433323146FF", "80200080083132333435363738"})
        BOOST_TEST(shown(command) == "5");
}

BOOST_AUTO_TEST_CASE(of_keys_and_their_use_the_header_is_shown_only) {
    BOOST_TEST(shown("00FE119A03060101") == "5");
    BOOST_TEST(shown("00FFFFFF1B03") == "5");
    BOOST_TEST(shown("00DB3FFF03530100") == "5");
    BOOST_TEST(shown("0087079A047C028200") == "5");
    BOOST_TEST(shown("0087079A0001067C82") == "7");
    BOOST_TEST(shown("002A9E9A0AFFFF") == "5");
    BOOST_TEST(shown("0047009A05AC03800107") == "5");
    BOOST_TEST(shown("0084000008") == "5");
}

BOOST_AUTO_TEST_CASE(parts_of_chains_secure_messages_and_unknown_classes_are_not_shown) {
    BOOST_TEST(shown("10A4040005A000000308") == "5");
    BOOST_TEST(shown("0CA4040005A000000308") == "5");
    BOOST_TEST(shown("80A4040005A000000308") == "5");
    BOOST_TEST(shown("01CB3FFF055C035FC10500") == "5");
}

BOOST_AUTO_TEST_CASE(the_rest_of_an_answer_is_shown_only_if_its_beginning_was) {
    BOOST_TEST(shown("00C0000000", true) == "5+");
    BOOST_TEST(shown("00C0000000", false) == "5");
}

BOOST_AUTO_TEST_CASE(printed_information_and_biometrics_are_asked_for_in_clear_and_answered_masked) {
    for (const auto* tag : {"03", "08", "09", "21"})
        BOOST_TEST(shown("00CB3FFF055C035FC1" + std::string(tag) + "00") == "11");
    BOOST_TEST(shown("00CB3FFF0000055C035FC1090000") == "14");
}

BOOST_AUTO_TEST_CASE(what_is_no_command_is_not_shown) {
    BOOST_TEST(shown("") == "0");
    BOOST_TEST(shown("00A404") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
