// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How many exchanges each verb costs on an IsoApplet with RSA-2048 and a certificate of 1.6 kB, against the
// floor of what the card allows.
#include "isoapplet_sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::isoapplet;
using tests::IsoAppletChannel;

BOOST_AUTO_TEST_SUITE(isoapplet_budget)

BOOST_AUTO_TEST_CASE(each_version_is_recognised_in_one_exchange_of_its_own) {
    for (const unsigned number : {0U, 1U}) {
        IsoAppletChannel channel(version(number));
        std::size_t ours = 0;
        channel.before = [&](ByteView command) { ours += command.size() == 18 ? 1U : 0U; };
        const auto card = recognise(channel, channel.atr(), profile::built_in()).value();
        BOOST_TEST(card->profile().name == (number == 0 ? "isoapplet-v0" : "isoapplet-v1"));
        BOOST_TEST(ours == 1U);
    }
}

// The floor is 8 and 16 exchanges with the PIN, for somebody who knows that the card is his alone. Three
// more: each of the two verbs, between which another program may come, enters the directory itself (one more)
// and reads the file anew that it adds to (two), so that nobody's entry is written over.
BOOST_AUTO_TEST_CASE(certificate_and_key_are_stored_in_three_exchanges_more_than_the_floor) {
    for (const auto& [number, floor] : {std::pair{0U, 16U}, std::pair{1U, 8U}}) {
        IsoAppletChannel channel(version(number));
        const auto card = recognised(channel);
        done(card->directory(channel)); // who looks for a free place has listed what there is
        channel.exchanges = 0;
        const auto& one = sample(KeyType::rsa);
        done(card->verify_pin(channel, pin));
        done(card->store_certificate(channel, 0, one.certificate));
        done(card->import_key(channel, 0, tests::parts_of(one.key, rsa2048), PinPolicy::card_default));
        BOOST_TEST(channel.spent() == floor + 3);
        done(card->directory(channel));
        BOOST_TEST(tests::verifies(one.info, hash, signed_by(*card, channel, rsa2048), KeyType::rsa));
    }
}

BOOST_AUTO_TEST_CASE(listing_and_signing_cost_the_floor) {
    struct Cost {
        unsigned version;
        std::size_t list, again;
    };
    for (const auto& cost : {Cost{0, 11, 4}, Cost{1, 4, 4}}) {
        BOOST_TEST_CONTEXT("version " << cost.version) {
            IsoAppletChannel channel(version(cost.version));
            load(*recognised(channel), channel, rsa2048);
            channel.reset();
            const auto card = recognised(channel);
            channel.exchanges = 0;
            const auto slots = card->directory(channel);
            done(slots);
            BOOST_TEST(channel.spent() == cost.list);
            // Who knows the certificate reads its first bytes only, where it does not come whole.
            card->remember(*slots);
            BOOST_TEST((*card->directory(channel) == *slots));
            BOOST_TEST(channel.spent() == cost.again);
            done(card->verify_pin(channel, pin));
            BOOST_TEST(channel.spent() == 1U);
            (void)signed_by(*card, channel, rsa2048);
            BOOST_TEST(channel.spent() == 2U);
            BOOST_TEST(!card->relied_on_last_key());
            (void)signed_by(*card, channel, rsa2048);
            BOOST_TEST(channel.spent() == 1U);
            BOOST_TEST(card->relied_on_last_key());
        }
    }
}

// The floor is 3 (PIN, environment, command) and 2 for the entry. The card never tells the public half again,
// so it is kept in a file that is made, filled and listed; and the three directory files are read first.
BOOST_AUTO_TEST_CASE(a_key_is_made_and_its_public_half_is_kept) {
    for (const auto& [number, algorithm, cost] :
         {std::tuple{0U, rsa2048, 13U}, std::tuple{1U, rsa2048, 11U}, std::tuple{1U, p256, 11U}}) {
        BOOST_TEST_CONTEXT("version " << number << ", " << algorithm.bits) {
            IsoAppletChannel channel(version(number));
            auto card = recognised(channel);
            channel.exchanges = 0;
            done(card->verify_pin(channel, pin));
            const auto made = card->generate_key(channel, 0, algorithm, PinPolicy::card_default);
            done(made);
            BOOST_TEST(channel.spent() == cost);
            channel.reset();
            card = recognised(channel);
            const auto slots = card->directory(channel);
            done(slots);
            BOOST_TEST_REQUIRE(slots->size() == 1U);
            BOOST_TEST((slots->front().public_key == *made));
            BOOST_TEST((slots->front().origin == Origin::generated));
            done(card->verify_pin(channel, pin));
            BOOST_TEST(tests::verifies(write_public_key(*made), hash, signed_by(*card, channel, algorithm),
                                       algorithm.type));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
