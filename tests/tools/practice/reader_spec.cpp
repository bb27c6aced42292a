// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Readers and cards that come and go, seen through a real service.
#include "tests/support/practice.hpp"
#include "tests/tools/practice/client.hpp"

using namespace acredita;
using test::Client;
using test::Practice;

namespace {
const std::string select_piv = "00A4040005A000000308";
const std::string query = "00200080";
} // namespace

BOOST_AUTO_TEST_SUITE(practice_readers)

BOOST_AUTO_TEST_CASE(a_card_leaves_and_comes_back) {
    const Practice practice;
    Client client;
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
    BOOST_REQUIRE(practice->remove(0));
    BOOST_TEST(client.sees(SCARD_STATE_EMPTY));
    BOOST_REQUIRE(practice->insert(0));
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
}

BOOST_AUTO_TEST_CASE(a_reader_is_unplugged_and_plugged_in_again) {
    const Practice practice({"piv", "piv:firmware=4.3"});
    Client client;
    BOOST_REQUIRE(practice->unplug(0));
    BOOST_TEST(client.sees(SCARD_STATE_UNAVAILABLE));
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT, "Acredita Practice 01 00"));
    BOOST_REQUIRE(practice->plug(0));
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
    BOOST_TEST(client.connect() == SCARD_S_SUCCESS);
}

BOOST_AUTO_TEST_CASE(a_torn_card_is_a_removed_card) {
    const Practice practice;
    Client client;
    BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
    BOOST_REQUIRE(practice->reset_exchanges(0));
    BOOST_REQUIRE(practice->tear_at(0, practice::Tear{.exchange = 2}));
    (void)client.send(select_piv);
    BOOST_TEST(client.send(query) == "80100016"); // SCARD_E_NOT_TRANSACTED
    BOOST_TEST(client.sees(SCARD_STATE_EMPTY));
    BOOST_TEST(client.send(query) == "80100069"); // SCARD_W_REMOVED_CARD
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
}

BOOST_AUTO_TEST_CASE(a_quick_swap_leaves_the_same_connection_to_a_card_that_has_forgotten) {
    const Practice practice;
    Client client;
    BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
    (void)client.send(select_piv);
    (void)client.send("0020008008313233343536FFFF");
    BOOST_TEST(client.send(query) == "9000");
    BOOST_REQUIRE(practice->swap(0));
    BOOST_TEST(client.send(query) == "6D00");
    (void)client.send(select_piv);
    BOOST_TEST(client.send(query) == "63C3");
}

BOOST_AUTO_TEST_CASE(an_extended_command_passes_whole) {
    const Practice practice;
    Client client;
    BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
    (void)client.send(select_piv);
    std::string command = "00DB3FFF0003E8";
    for (int n = 0; n < 1000; ++n) command += "00";
    BOOST_TEST(client.send(command) == "6982");
}

BOOST_AUTO_TEST_CASE(a_mute_card_is_said_to_be_mute) {
    const Practice practice({"mute"});
    Client client;
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT | SCARD_STATE_MUTE));
    BOOST_TEST((client.connect() == SCARD_W_UNRESPONSIVE_CARD || client.connect() == SCARD_W_UNPOWERED_CARD));
}

BOOST_AUTO_TEST_CASE(an_empty_reader_is_empty) {
    const Practice practice({"none"});
    Client client;
    BOOST_TEST(client.sees(SCARD_STATE_EMPTY));
    BOOST_TEST(client.connect() == SCARD_E_NO_SMARTCARD);
    BOOST_TEST(!practice->exchanges(0));
}

BOOST_AUTO_TEST_CASE(sixteen_readers_are_served_at_once) {
    const Practice practice(std::vector<std::string>(16, "piv"));
    Client client;
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT, "Acredita Practice 0F 00"));
    BOOST_TEST(client.connect("Acredita Practice 0F 00") == SCARD_S_SUCCESS);
    BOOST_TEST(client.send(select_piv).substr(0, 2) == "61");
    BOOST_TEST(practice->exchanges(15).value() == 1U);
    BOOST_TEST(practice->exchanges(0).value() == 0U);
}

BOOST_AUTO_TEST_CASE(a_service_that_was_killed_starts_again) {
    const Practice practice;
    BOOST_REQUIRE(practice->kill_pcscd());
    SCARDCONTEXT context = 0;
    BOOST_TEST(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) == SCARD_E_NO_SERVICE);
    BOOST_REQUIRE(practice->start_pcscd());
    Client client;
    BOOST_TEST(client.connect() == SCARD_S_SUCCESS);
}

BOOST_AUTO_TEST_CASE(vpcd_carries_a_card_too) {
    if (!std::filesystem::exists(practice::VpcdCard::driver)) {
        BOOST_TEST_MESSAGE("skipped: " << practice::VpcdCard::driver << " is not installed");
        return;
    }
    auto options = test::practice_options({"piv"});
    options.carrier = practice::Carrier::vpcd;
    const Practice practice(options);
    Client client;
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
    BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
    BOOST_TEST(client.send(select_piv).substr(0, 2) == "61");
    BOOST_REQUIRE(practice->remove(0));
    BOOST_TEST(client.sees(SCARD_STATE_EMPTY));
    BOOST_REQUIRE(practice->insert(0));
    BOOST_TEST(client.sees(SCARD_STATE_PRESENT));
}

BOOST_AUTO_TEST_SUITE_END()
