// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PW1, PW3, the resetting code, and what is spent of their tries.
#include "openpgp_support.hpp"

#include <boost/test/data/test_case.hpp>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::openpgp;
using tests::OpenPgpChannel;

namespace {

const std::vector<std::string> derivations{"", "kdf"};

practice::CardOptions options(std::string_view firmware, std::string_view derivation) {
    practice::CardOptions all{{"firmware", firmware}};
    if (!derivation.empty()) all.push_back({derivation, ""});
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_passwords_of_an_openpgp_card)

BOOST_DATA_TEST_CASE(are_counted_whatever_the_card_answers_to_a_wrong_one,
                     boost::unit_test::data::make(firmwares) * derivations, firmware, derivation) {
    OpenPgpChannel channel(options(firmware, derivation));
    auto card = recognised(channel);
    for (const auto* left : {"2", "1"}) {
        const auto wrong = card->verify_pin(channel, as_bytes("654321"));
        BOOST_TEST_REQUIRE(!wrong);
        BOOST_TEST(is(wrong.error(), card_errc::pin_incorrect));
        BOOST_TEST(wrong.error().detail == left);
    }
    BOOST_TEST((card->pin_status(channel)->tries_left == 1U));
    BOOST_TEST(is(card->verify_pin(channel, as_bytes("654321")).error(), card_errc::pin_blocked));
    BOOST_TEST(is(card->verify_pin(channel, pin()).error(), card_errc::pin_blocked));
}

BOOST_DATA_TEST_CASE(of_the_wrong_form_are_never_sent, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    channel.exchanges = 0;
    BOOST_TEST(is(card->verify_pin(channel, as_bytes("12345")).error(), card_errc::pin_malformed));
    BOOST_TEST(
        is(card->authenticate_admin(channel, as_bytes("1234567")).error(), card_errc::admin_key_malformed));
    BOOST_TEST(channel.spent() == 0U);
}

BOOST_DATA_TEST_CASE(can_be_changed_and_the_new_one_counts,
                     boost::unit_test::data::make(firmwares) * derivations, firmware, derivation) {
    OpenPgpChannel channel(options(firmware, derivation));
    auto card = recognised(channel);
    require(card->change_pin(channel, pin(), as_bytes("nueva clave")));
    BOOST_TEST(!card->verify_pin(channel, pin()));
    require(card->verify_pin(channel, as_bytes("nueva clave")));
}

BOOST_DATA_TEST_CASE(are_unblocked_by_pw3_where_no_resetting_code_is_set,
                     boost::unit_test::data::make(firmwares) * derivations, firmware, derivation) {
    OpenPgpChannel channel(options(firmware, derivation));
    auto card = recognised(channel);
    for (int i = 0; i < 3; ++i) BOOST_TEST(!card->verify_pin(channel, as_bytes("654321")));
    const auto wrong = card->unblock_pin(channel, as_bytes("87654321"), as_bytes("234567"));
    BOOST_TEST(is(wrong.error(), card_errc::puk_incorrect));
    BOOST_TEST(wrong.error().detail == "2");
    require(card->unblock_pin(channel, admin_pin(), as_bytes("234567")));
    require(card->verify_pin(channel, as_bytes("234567")));
}

BOOST_DATA_TEST_CASE(are_unblocked_by_the_resetting_code_where_there_is_one, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, admin_pin()));
    const Bytes set_code{0x00, 0xDA, 0x00, 0xD3, 0x08, 'r', 'e', 's', 'e', 't', '1', '2', '3'};
    require(channel.transmit({.bytes = set_code}));
    card->forget();
    require(card->unblock_pin(channel, as_bytes("reset123"), as_bytes("234567")));
    require(card->verify_pin(channel, as_bytes("234567")));
    BOOST_TEST(!card->admin_authenticated());
}

BOOST_DATA_TEST_CASE(are_set_by_the_administrator, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    BOOST_TEST(is(card->set_pin_as_admin(channel, as_bytes("234567")).error(), card_errc::admin_needed));
    require(card->authenticate_admin(channel, admin_pin()));
    BOOST_TEST((card->admin_key_is_factory() == Known::yes));
    require(card->set_pin_as_admin(channel, as_bytes("234567")));
    require(card->verify_pin(channel, as_bytes("234567")));
}

BOOST_DATA_TEST_CASE(never_lose_the_last_try_of_pw3, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    for (int i = 0; i < 2; ++i)
        BOOST_TEST(is(card->authenticate_admin(channel, as_bytes("otra clave")).error(),
                      card_errc::admin_key_wrong));
    BOOST_TEST(
        is(card->authenticate_admin(channel, as_bytes("otra clave")).error(), card_errc::admin_blocked));
    const auto fresh = recognised(channel);
    BOOST_TEST(
        is(fresh->authenticate_admin(channel, as_bytes("otra clave")).error(), card_errc::admin_blocked));
    BOOST_TEST((fresh->puk_status(channel)->tries_left == 1U));
}

BOOST_DATA_TEST_CASE(are_told_as_the_card_has_them_now_whoever_spent_some, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    BOOST_TEST((card->puk_status(channel)->tries_left == 3U));
    const auto other = recognised(channel);
    BOOST_TEST(
        is(other->authenticate_admin(channel, as_bytes("otra clave")).error(), card_errc::admin_key_wrong));
    BOOST_TEST((card->puk_status(channel)->tries_left == 2U));
}

BOOST_DATA_TEST_CASE(are_forgotten_at_logout, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(p256), p256);
    require(card->verify_pin(channel, pin()));
    require(card->logout(channel));
    BOOST_TEST(card->try_operate(channel, for_authentication, p256, Operation::ecdsa, hash())->value ==
               0x6982);
    BOOST_TEST(is(card->store_certificate(channel, for_authentication, Bytes(10, 1)).error(),
                  card_errc::admin_needed));
}

BOOST_AUTO_TEST_CASE(lost_by_a_reset_are_noticed) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    load(*card, channel, for_authentication, key, p256);
    require(card->verify_pin(channel, pin()));
    channel.reset();
    const auto signature = sign(*card, channel, for_authentication, p256);
    BOOST_TEST_REQUIRE(!signature);
    BOOST_TEST(is(signature.error(), card_errc::pin_needed));
    BOOST_TEST(!card->pin_verified());
}

BOOST_AUTO_TEST_SUITE_END()
