// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How many exchanges each verb costs on an OpenPGP card with RSA-2048 and a certificate of 1.6 kB.
#include "openpgp_support.hpp"

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::openpgp;
using tests::OpenPgpChannel;

BOOST_AUTO_TEST_SUITE(exchanges_with_an_openpgp_card)

BOOST_AUTO_TEST_CASE(recognising_and_naming_one_costs_two) {
    for (const auto& firmware : {"standard", "yubikey", "gnuk"}) {
        OpenPgpChannel channel(firmware);
        auto card = recognised(channel);
        require(card->identity(channel));
        // The answer to reset of a YubiKey promises PIV as well, which is asked for first.
        BOOST_TEST(channel.spent() == (std::string_view(firmware) == "yubikey" ? 3U : 2U));
    }
}

BOOST_AUTO_TEST_CASE(loading_a_key_costs_six_with_extended_length) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    channel.exchanges = 0;
    // One more than the floor, once in a card's life: whether passwords are derived (F9), asked of cards that
    // can.
    require(card->authenticate_admin(channel, admin_pin()));
    BOOST_TEST(channel.spent() == 2U);
    // The place a fresh selection begins with needs no SELECT DATA.
    require(card->store_certificate(channel, for_authentication, tests::certificate_of(key, "Prueba", 1600)));
    BOOST_TEST(channel.spent() == 1U);
    require(card->import_key(channel, for_authentication, tests::parts_of(key, rsa2048),
                             PinPolicy::card_default));
    BOOST_TEST(channel.spent() == 3U); // the key, its fingerprint, its date
    require(card->verify_pin(channel, pin()));
    BOOST_TEST(channel.spent() == 1U);
    check_signature(*card, channel, for_authentication, tests::public_info(key), rsa2048);
    BOOST_TEST(channel.spent() == 1U);
    require(card->logout(channel));
    BOOST_TEST(channel.spent() == 2U);
}

BOOST_AUTO_TEST_CASE(loading_an_elliptic_key_costs_one_more_for_the_algorithm) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    require(card->authenticate_admin(channel, admin_pin()));
    channel.exchanges = 0;
    require(card->store_certificate(channel, for_authentication, tests::certificate_of(key, "Prueba", 1600)));
    BOOST_TEST(channel.spent() == 2U);
    require(
        card->import_key(channel, for_authentication, tests::parts_of(key, p256), PinPolicy::card_default));
    BOOST_TEST(channel.spent() == 3U); // the certificate tells the point, so nobody asks the card
}

BOOST_AUTO_TEST_CASE(loading_a_key_with_short_commands_costs_fifteen_and_the_question_of_the_derivation) {
    OpenPgpChannel channel("gnuk");
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    channel.exchanges = 0;
    load(*card, channel, for_authentication, key, rsa2048, 1600);
    // 1 + 1, 7 for the certificate, 2 for the key in its short format, 2 for its name: no SELECT DATA.
    BOOST_TEST(channel.spent() == 13U);
}

BOOST_AUTO_TEST_CASE(smartpgp_costs_one_certificate_more_because_a_key_empties_its_place) {
    OpenPgpChannel channel("smartpgp");
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    require(card->authenticate_admin(channel, admin_pin()));
    channel.exchanges = 0;
    require(card->store_certificate(channel, for_authentication, tests::certificate_of(key, "Prueba")));
    BOOST_TEST(channel.spent() == 1U);
    require(card->import_key(channel, for_authentication, tests::parts_of(key, rsa2048),
                             PinPolicy::card_default));
    BOOST_TEST(channel.spent() == 4U);
}

BOOST_AUTO_TEST_CASE(listing_costs_one_for_a_certificate_and_one_to_reach_each_further_one) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(rsa2048), rsa2048, 1600);
    auto fresh = recognised(channel);
    channel.exchanges = 0;
    BOOST_TEST(fresh->directory(channel)->size() == 1U);
    BOOST_TEST(channel.spent() == 1U);
    require(card->authenticate_admin(channel, admin_pin()));
    load(*card, channel, for_signatures, tests::new_key(p256), p256);
    fresh = recognised(channel);
    channel.exchanges = 0;
    BOOST_TEST(fresh->directory(channel)->size() == 2U);
    BOOST_TEST(channel.spent() == 3U);
}

BOOST_AUTO_TEST_CASE(an_empty_card_is_listed_for_nothing) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    channel.exchanges = 0;
    BOOST_TEST(card->directory(channel)->empty());
    BOOST_TEST(channel.spent() == 0U);
}

BOOST_AUTO_TEST_CASE(a_remembered_certificate_costs_one_look_because_a_renewed_one_keeps_its_fingerprint) {
    OpenPgpChannel channel("gnuk");
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(rsa2048), rsa2048, 1600);
    const auto seen = *card->directory(channel);
    auto fresh = recognised(channel);
    fresh->remember(seen);
    channel.exchanges = 0;
    BOOST_TEST((fresh->directory(channel)->front().certificate == seen.front().certificate));
    BOOST_TEST(channel.spent() == 1U);
    BOOST_TEST((*fresh->recall(channel, for_authentication))->certificate.size() ==
               seen.front().certificate.size());
    BOOST_TEST(channel.spent() == 1U);
}

BOOST_AUTO_TEST_CASE(deleting_costs_two_for_a_certificate_and_three_for_a_key) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    load(*card, channel, for_signatures, tests::new_key(rsa2048), rsa2048);
    channel.exchanges = 0;
    require(card->delete_certificate(channel, for_signatures));
    BOOST_TEST(channel.spent() == 2U); // SELECT DATA, and nothing written
    require(card->delete_key(channel, for_signatures));
    BOOST_TEST(channel.spent() == 3U); // there, back, and a look whether the key is gone
}

BOOST_AUTO_TEST_CASE(changing_the_pin_costs_one_and_unblocking_it_by_pw3_two) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    require(card->verify_pin(channel, pin())); // and the derivation is known
    channel.exchanges = 0;
    require(card->change_pin(channel, pin(), as_bytes("234567")));
    BOOST_TEST(channel.spent() == 1U);
    require(card->unblock_pin(channel, admin_pin(), pin()));
    BOOST_TEST(channel.spent() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
