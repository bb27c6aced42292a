// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The reader that asks for the PIN itself, PC/SC part 10.
#include "tests/support/practice.hpp"
#include "tests/tools/practice/client.hpp"

#include <reader.h>

using namespace acredita;
using test::Client;
using test::Practice;

namespace {

constexpr DWORD verify_feature = 0x42000000 + 3501;
constexpr DWORD modify_feature = 0x42000000 + 3502;

// Six to eight digits, VERIFY with a field of FF.
const Bytes verify_block = from_hex("1E1E 82 00 00 0806 02 01 0904 00 000000 0D000000"
                                    "0020008008FFFFFFFFFFFFFFFF")
                               .value();
// Old PIN at 0, new PIN at 8, both asked for and the new one confirmed.
const Bytes modify_block = from_hex("1E1E 82 00 00 00 08 0806 03 02 03 0904 000102 000000 15000000"
                                    "0024008010FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")
                               .value();

ZeroingBytes digits(std::string_view text) { return {text.begin(), text.end()}; }

struct Desk {
    Practice practice{{"piv:pinpad"}};
    Client client;
    Desk() {
        BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
        (void)client.send("00A4040005A000000308");
    }
    void types(std::string_view text) {
        BOOST_REQUIRE(practice->person(0, practice::Pinpad::Person::types, digits(text)));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(practice_pinpad)

BOOST_AUTO_TEST_CASE(a_pinpad_reader_lists_its_features) {
    Desk desk;
    BOOST_TEST(desk.client.control(CM_IOCTL_GET_FEATURE_REQUEST) == "060442000DAD070442000DAE120442000DAF");
}

BOOST_AUTO_TEST_CASE(a_reader_without_keys_has_no_features) {
    const Practice plain;
    Client client;
    BOOST_REQUIRE(client.connect() == SCARD_S_SUCCESS);
    BOOST_TEST(client.control(CM_IOCTL_GET_FEATURE_REQUEST) == "refused");
}

BOOST_AUTO_TEST_CASE(the_pin_typed_on_the_reader_reaches_the_card) {
    Desk desk;
    desk.types("123456");
    BOOST_TEST(desk.client.control(verify_feature, verify_block) == "9000");
    BOOST_TEST(desk.client.send("00200080") == "9000");
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_typed_on_the_reader_costs_a_try) {
    Desk desk;
    desk.types("999999");
    BOOST_TEST(desk.client.control(verify_feature, verify_block) == "63C2");
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_when_the_person_cancels_hesitates_or_types_too_little) {
    Desk desk;
    BOOST_REQUIRE(desk.practice->person(0, practice::Pinpad::Person::cancels));
    BOOST_TEST(desk.client.control(verify_feature, verify_block) == "6401");
    BOOST_TEST(desk.client.control(verify_feature, verify_block) == "6400");
    desk.types("1234");
    BOOST_TEST(desk.client.control(verify_feature, verify_block) == "6403");
    BOOST_TEST(desk.client.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(the_pin_is_changed_on_the_reader) {
    Desk desk;
    for (const auto* entry : {"123456", "654321", "654321"}) desk.types(entry);
    BOOST_TEST(desk.client.control(modify_feature, modify_block) == "9000");
    BOOST_TEST(desk.client.send("0020008008363534333231FFFF") == "9000");
}

BOOST_AUTO_TEST_CASE(a_new_pin_confirmed_wrongly_is_not_set) {
    Desk desk;
    for (const auto* entry : {"123456", "654321", "111111"}) desk.types(entry);
    BOOST_TEST(desk.client.control(modify_feature, modify_block) == "6402");
    BOOST_TEST(desk.client.send("0020008008313233343536FFFF") == "9000");
}

BOOST_AUTO_TEST_SUITE_END()
