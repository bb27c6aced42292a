// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using acredita::test::CardOf;

namespace {

CardOf unlocked(const std::string& spec = "piv") {
    CardOf card(spec);
    BOOST_REQUIRE(card.unlock());
    return card;
}
const std::string certificate_a = "00CB3FFF 05 5C035FC105";

} // namespace

BOOST_AUTO_TEST_SUITE(practice_piv_objects)

BOOST_AUTO_TEST_CASE(what_was_put_is_got) {
    auto card = unlocked();
    BOOST_TEST(card.send("00DB3FFF 0A 5C035FC105 5303010203") == "9000");
    BOOST_TEST(card.send(certificate_a) == "53030102039000");
}

BOOST_AUTO_TEST_CASE(an_absent_object_is_not_found) { BOOST_TEST(CardOf().send(certificate_a) == "6A82"); }

BOOST_AUTO_TEST_CASE(an_empty_object_is_deleted) {
    auto card = unlocked();
    (void)card.send("00DB3FFF 0A 5C035FC105 5303010203");
    BOOST_TEST(card.send("00DB3FFF 07 5C035FC105 5300") == "9000");
    BOOST_TEST(card.send(certificate_a) == "6A82");
}

BOOST_AUTO_TEST_CASE(a_card_comes_with_a_name_of_its_own_unless_it_is_blank) {
    const std::string chuid = "00CB3FFF 05 5C035FC102";
    BOOST_TEST(test::status_of(CardOf().send(chuid)) == "9000");
    BOOST_TEST(CardOf().send(chuid) != CardOf().send(chuid));
    BOOST_TEST(CardOf("piv:blank").send(chuid) == "6A82");
}

BOOST_AUTO_TEST_CASE(the_discovery_object_names_the_pin) {
    BOOST_TEST(CardOf().send("00CB3FFF 03 5C017E") == "7E124F0BA0000003080000100001005F2F0240009000");
}

BOOST_AUTO_TEST_CASE(printed_information_wants_the_pin) {
    auto card = unlocked();
    (void)card.send("00DB3FFF 08 5C035FC109 530101");
    BOOST_TEST(card.send("00CB3FFF 05 5C035FC109") == "6982");
    (void)card.verify();
    BOOST_TEST(card.send("00CB3FFF 05 5C035FC109") == "5301019000");
}

BOOST_AUTO_TEST_CASE(an_object_larger_than_the_card_takes_is_refused) {
    auto card = unlocked("piv:object-limit=20");
    const auto put = [&](std::size_t size) {
        return card.with_data(0xDB, 0x3F, 0xFF,
                              concat({Bytes{0x5C, 3, 0x5F, 0xC1, 5}, make_tlv(0x53, Bytes(size))}));
    };
    BOOST_TEST(put(18) == "9000");
    BOOST_TEST(put(19) == "6A84");
}

BOOST_AUTO_TEST_CASE(objects_outside_the_data_model_are_refused) {
    auto card = unlocked();
    BOOST_TEST(card.send("00DB3FFF 08 5C035FC205 530101") == "6A81");
    auto narrow = unlocked("piv:firmware=pivapplet");
    BOOST_TEST(narrow.send("00DB3FFF 08 5C035FC118 530101") == "6A81");
    BOOST_TEST(card.send("00DB3FFF 08 5C035FC118 530101") == "9000");
}

BOOST_AUTO_TEST_CASE(malformed_object_commands_are_refused) {
    auto card = unlocked();
    BOOST_TEST(card.send("00DB3FFF 05 5C035FC105") == "6A80");
    BOOST_TEST(card.send("00DB3FFF 09 5C035FC105 53050102") == "6A80");
    BOOST_TEST(card.send("00CB3FFF 02 5300") == "6A80");
    BOOST_TEST(card.send("00CB3F00 05 5C035FC105") == "6A86");
}

BOOST_AUTO_TEST_CASE(a_faulty_card_returns_another_certificate) {
    auto card = unlocked("piv:faulty=other-certificate");
    (void)card.send("00DB3FFF 0A 5C035FC105 5303700111");
    const auto got = card.send(certificate_a);
    BOOST_TEST(got.find("53037001") == std::string::npos);
    BOOST_TEST(got.substr(0, 2) == "53");
    BOOST_TEST(card.send("00CB3FFF 05 5C035FC105") == got);
}

BOOST_AUTO_TEST_SUITE_END()
