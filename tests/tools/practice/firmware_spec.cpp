// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using acredita::test::CardOf;

namespace {
std::string answer(const std::string& spec, const std::string& command) { return CardOf(spec).send(command); }
std::string atr(const std::string& spec) {
    CardOf card(spec);
    return to_hex((*card).atr());
}
} // namespace

BOOST_AUTO_TEST_SUITE(practice_piv_firmware)

BOOST_AUTO_TEST_CASE(each_firmware_tells_its_version) {
    BOOST_TEST(answer("piv", "00FD000000") == "0504039000");
    BOOST_TEST(answer("piv:firmware=4.3", "00FD000000") == "0403079000");
    BOOST_TEST(answer("piv:firmware=5.7", "00FD000000") == "0507019000");
    BOOST_TEST(answer("piv:firmware=pivapplet", "00FD000000") == "0504009000");
    BOOST_TEST(answer("piv:firmware=nist", "00FD000000") == "6D00");
}

BOOST_AUTO_TEST_CASE(serials_and_metadata_came_with_firmware_five) {
    BOOST_TEST(answer("piv:serial=16909060", "00F8000000") == "010203049000");
    BOOST_TEST(answer("piv:firmware=4.3", "00F8000000") == "6D00");
    BOOST_TEST(answer("piv:firmware=4.3", "00F7008000") == "6D00");
    BOOST_TEST(answer("piv", "00F7008000") == "0101FF0501010602030390"
                                              "00");
}

BOOST_AUTO_TEST_CASE(a_card_without_import_knows_no_such_instruction_whoever_asks) {
    CardOf card("piv:firmware=noimport");
    BOOST_TEST(card.send("00FE119A 03 060100") == "6D00");
    BOOST_REQUIRE(card.unlock());
    BOOST_TEST(card.send("00FE119A 03 060100") == "6D00");
}

BOOST_AUTO_TEST_CASE(a_plain_card_knows_no_vendor_instruction) {
    CardOf card("piv:firmware=nist");
    for (const auto* command :
         {"00F6FF9A", "00F7009A", "00F80000", "00FA0303", "00FB0000", "00FD0000", "00FFFFFF"})
        BOOST_TEST(card.send(command) == "6D00");
}

BOOST_AUTO_TEST_CASE(the_administration_key_of_five_seven_is_aes) {
    BOOST_TEST(answer("piv:firmware=5.7", "00F7009B").substr(0, 6) == "01010A");
    BOOST_TEST(answer("piv", "00F7009B").substr(0, 6) == "010103");
}

BOOST_AUTO_TEST_CASE(pivapplet_says_its_name_when_it_is_selected) {
    const auto selected = CardOf("piv:firmware=pivapplet").send("00A40400 05 A000000308");
    BOOST_TEST(selected.find(to_hex(as_bytes("PivApplet v0.9.0/RE"))) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_application_is_selected_by_a_name_cut_short_and_by_no_other) {
    CardOf card;
    const std::string answer = "61114F0600001000010079074F05A0000003089000";
    BOOST_TEST(card.send("00A40400 05 A000000308") == answer);
    BOOST_TEST(card.send("00A40400 09 A00000030800001000") == answer);
    BOOST_TEST(card.send("00A40400 0B A000000308000010000100") == answer);
    BOOST_TEST(card.send("00A40400 05 A000000309") == "6A82");
    BOOST_TEST(card.send("00A40000 02 3F00") == "6A86");
}

BOOST_AUTO_TEST_CASE(nothing_is_answered_before_the_application_is_selected) {
    CardOf card;
    (*card).reset();
    BOOST_TEST(card.send("00200080") == "6D00");
    CardOf plain("piv:firmware=nist");
    (*plain).reset();
    BOOST_TEST(plain.send("00200080") == "63C3");
}

BOOST_AUTO_TEST_CASE(answers_to_reset_are_those_of_the_real_cards) {
    BOOST_TEST(atr("piv") == "3BFD1300008131FE158073C021C057597562694B657940");
    BOOST_TEST(atr("piv:firmware=4.3") == "3BF81300008131FE15597562696B657934D4");
    BOOST_TEST(atr("piv:t0") == "3B6D00008073C021C057597562694B6579");
}

BOOST_AUTO_TEST_CASE(pivapplet_wipes_its_keys_when_pin_and_puk_are_blocked) {
    CardOf card("piv:firmware=pivapplet,tries=1");
    BOOST_REQUIRE(card.unlock());
    (void)card.send("0047009E 05 AC03800111");
    (void)card.verify("393939393939FFFF");
    BOOST_TEST(test::status_of(card.send("00F7009E")) != "6A88");
    for (int n = 0; n < 3; ++n) (void)card.send("002C0080 10 3939393939393939 363534333231FFFF");
    BOOST_TEST(card.send("00F7009E") == "6A88");
}

BOOST_AUTO_TEST_SUITE_END()
