// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::practice::piv;
using acredita::test::CardOf;

namespace {

struct Kind {
    const char* spec;
    std::uint8_t algorithm;
};
std::ostream& operator<<(std::ostream& out, const Kind& kind) { return out << kind.spec; }
const std::vector<Kind> kinds{{"piv:admin=3des", triple_des},
                              {"piv:admin=aes128", aes128},
                              {"piv:admin=aes192", aes192},
                              {"piv:admin=aes256", aes256}};
const std::string put_object = "00DB3FFF 09 5C035FC102 53025500";

} // namespace

BOOST_AUTO_TEST_SUITE(practice_piv_admin)

BOOST_DATA_TEST_CASE(external_authentication_opens_the_card, kinds) {
    CardOf card(sample.spec);
    BOOST_TEST(card.send(put_object) == "6982");
    BOOST_REQUIRE(card.unlock(sample.algorithm));
    BOOST_TEST(card.send(put_object) == "9000");
}

BOOST_DATA_TEST_CASE(mutual_authentication_proves_both_sides, kinds) {
    CardOf card(sample.spec);
    const auto key = test::factory_admin_key(cipher_key_size(sample.algorithm));
    const auto asked = card.raw({0x00, 0x87, sample.algorithm, 0x9B, 0x04, 0x7C, 0x02, 0x80, 0x00});
    const auto witness = find_tlv(asked, {0x7C, 0x80});
    BOOST_REQUIRE(witness.has_value());
    const Bytes challenge(cipher_block_size(sample.algorithm), 0x5A);
    const auto answer = card.raw_with_data(
        0x87, sample.algorithm, 0x9B,
        make_tlv(0x7C, concat({make_tlv(0x80, cipher_block(sample.algorithm, key, *witness, false)),
                               make_tlv(0x81, challenge)})));
    const auto response = find_tlv(answer, {0x7C, 0x82});
    BOOST_REQUIRE(response.has_value());
    BOOST_TEST(equal(*response, cipher_block(sample.algorithm, key, challenge, true)));
    BOOST_TEST(card.send(put_object) == "9000");
}

BOOST_AUTO_TEST_CASE(a_wrong_response_opens_nothing) {
    CardOf card;
    (void)card.send("0087039B 04 7C028100");
    BOOST_TEST(card.send("0087039B 0C 7C0A8208 0000000000000000") == "6982");
    BOOST_TEST(card.send(put_object) == "6982");
}

BOOST_AUTO_TEST_CASE(a_response_nobody_asked_for_opens_nothing) {
    CardOf card;
    BOOST_TEST(card.send("0087039B 0C 7C0A8208 0000000000000000") == "6982");
}

BOOST_AUTO_TEST_CASE(a_challenge_is_good_for_the_next_command_only) {
    CardOf card;
    const auto asked = card.raw({0x00, 0x87, 0x03, 0x9B, 0x04, 0x7C, 0x02, 0x81, 0x00});
    (void)card.send("00200080");
    const auto response =
        cipher_block(triple_des, test::factory_admin_key(24), find_tlv(asked, {0x7C, 0x81}).value(), true);
    BOOST_TEST(card.with_data(0x87, 0x03, 0x9B, make_tlv(0x7C, make_tlv(0x82, response))) == "6982");
}

BOOST_AUTO_TEST_CASE(another_algorithm_than_the_keys_is_refused) {
    BOOST_TEST(CardOf("piv:admin=aes192").send("0087039B 04 7C028100") == "6A86");
}

BOOST_AUTO_TEST_CASE(the_card_is_no_oracle_for_its_administration_key) {
    CardOf card;
    BOOST_TEST(card.send("0087039B 0E 7C0C 8200 8108 0000000000000000") == "6A80");
}

BOOST_AUTO_TEST_CASE(the_administration_key_is_changed_by_who_has_it) {
    CardOf card;
    const std::string key = "00112233445566778899AABBCCDDEEFF";
    BOOST_TEST(card.send("00FFFFFF 13 089B10" + key) == "6982");
    BOOST_REQUIRE(card.unlock());
    BOOST_TEST(card.send("00FFFFFF 13 089B10" + key) == "9000");
    card.reset();
    BOOST_TEST(!card.unlock());
    BOOST_TEST(card.send("00F7009B") == "01010802020001050100"
                                        "9000");
}

BOOST_AUTO_TEST_CASE(an_administration_key_of_the_wrong_size_is_refused) {
    CardOf card;
    BOOST_REQUIRE(card.unlock());
    BOOST_TEST(card.send("00FFFFFF 0B 089B08 0011223344556677") == "6A80");
    BOOST_TEST(card.send("00FFFFFF 0B 779B08 0011223344556677") == "6A80");
}

BOOST_AUTO_TEST_SUITE_END()
