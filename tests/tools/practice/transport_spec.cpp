// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/transport.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::practice;

namespace {

// A chip that answers with the data it was given, and remembers how often it was asked.
struct Echo {
    explicit Echo(TransportRules rules) : transport(rules) {}
    std::string send(const std::string& hex) {
        return to_hex(transport.exchange(from_hex(hex).value(), [this](const Command& command) {
            ++asked;
            return Answer{{command.data.begin(), command.data.end()}};
        }));
    }
    Transport transport;
    int asked = 0;
};

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int n = 0; n < times; ++n) out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(practice_card_transport)

BOOST_AUTO_TEST_CASE(a_chain_is_one_command) {
    Echo chip({});
    BOOST_TEST(chip.send("10DB0000 02 0102") == "9000");
    BOOST_TEST(chip.send("10DB0000 02 0304") == "9000");
    BOOST_TEST(chip.send("00DB0000 01 05") == "01020304059000");
    BOOST_TEST(chip.asked == 1);
}

BOOST_AUTO_TEST_CASE(another_command_in_a_chain_drops_it) {
    Echo chip({});
    (void)chip.send("10DB0000 02 0102");
    BOOST_TEST(chip.send("00CB0000 01 09") == "099000");
    BOOST_TEST(chip.send("00DB0000 01 05") == "059000");
}

BOOST_AUTO_TEST_CASE(a_reset_drops_a_chain) {
    Echo chip({});
    (void)chip.send("10DB0000 02 0102");
    chip.transport.reset();
    BOOST_TEST(chip.send("00DB0000 01 05") == "059000");
}

BOOST_AUTO_TEST_CASE(a_chip_that_keeps_a_broken_chain_puts_it_before_the_next_command) {
    Echo chip({.keeps_broken_chain = true});
    (void)chip.send("10DB0000 02 0102");
    BOOST_TEST(chip.send("00CB0000 01 09") == "0102099000");
    (void)chip.send("10DB0000 02 0102");
    BOOST_TEST(chip.send("00A40400 01 09") == "099000");
}

BOOST_AUTO_TEST_CASE(a_link_too_many_ends_the_chain) {
    Echo chip({.max_command = 3});
    (void)chip.send("10DB0000 02 0102");
    BOOST_TEST(chip.send("10DB0000 02 0304") == "6700");
    BOOST_TEST(chip.send("00DB0000 01 05") == "059000");
}

BOOST_AUTO_TEST_CASE(a_chip_without_extended_length_says_so) {
    Echo chip({.extended = false});
    BOOST_TEST(chip.send("00DB0000 000001 05 0000") == "6700");
    BOOST_TEST(chip.asked == 0);
}

BOOST_AUTO_TEST_CASE(a_long_answer_comes_in_parts) {
    Echo chip({});
    for (int link = 0; link < 2; ++link) (void)chip.send("10DB0000 96" + repeat("AA", 150));
    BOOST_TEST(chip.send("00DB0000 01 BB 00") == repeat("AA", 256) + "612D");
    BOOST_TEST(chip.send("00C00000 2D") == repeat("AA", 44) + "BB9000");
    BOOST_TEST(chip.asked == 1);
}

BOOST_AUTO_TEST_CASE(an_extended_answer_comes_at_once_unless_the_chip_is_narrow) {
    const auto command = "00DB0000 00012C" + repeat("AA", 300) + "0000";
    BOOST_TEST(Echo({}).send(command) == repeat("AA", 300) + "9000");
    BOOST_TEST(Echo({.max_answer = 255}).send(command) == repeat("AA", 255) + "612D");
}

BOOST_AUTO_TEST_CASE(the_rest_of_an_answer_is_lost_with_the_next_command) {
    Echo chip({});
    (void)chip.send("00DB0000 02 0102 01");
    (void)chip.send("00DB0000");
    BOOST_TEST(chip.send("00C00000 01") == "9000"); // an instruction like any other now
    BOOST_TEST(chip.asked == 3);
}

BOOST_AUTO_TEST_CASE(on_t0_an_answer_to_data_waits_for_get_response) {
    Echo chip({.t0 = true});
    BOOST_TEST(chip.send("00DB0000 02 0102") == "6102");
    BOOST_TEST(chip.send("00C00000 05") == "6C02");
    BOOST_TEST(chip.send("00C00000 02") == "01029000");
}

BOOST_AUTO_TEST_CASE(another_class_is_refused) {
    Echo chip({});
    BOOST_TEST(chip.send("80DB0000") == "6E00");
    BOOST_TEST(chip.send("00") == "6700");
}

BOOST_AUTO_TEST_SUITE_END()
