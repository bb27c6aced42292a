// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How many exchanges each verb costs with RSA-2048 and a certificate of 1.6 kB, against the floor of what the
// card allows.
#include "openssl_keys.hpp"
#include "practice_channel.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using tests::PracticeChannel;

namespace {

constexpr Algorithm rsa2048{KeyType::rsa, 2048};
const Bytes hash(32, 0x5A);

Bytes factory_key() { return from_hex("010203040506070801020304050607080102030405060708").value(); }

const tests::OpenSslKey& key() {
    static const auto one = tests::new_key(rsa2048);
    return one;
}
const Bytes& certificate() {
    static const auto one = tests::certificate_of(key(), "Prueba", 1600);
    return one;
}

template <class T>
void done(const Result<T>& result) {
    if (!result) throw std::runtime_error(describe(result.error()));
}

std::unique_ptr<Card> recognised(PracticeChannel& channel) {
    return recognise(channel, channel.atr(), profile::built_in()).value();
}

void load(Card& card, PracticeChannel& channel) {
    done(card.authenticate_admin(channel, factory_key()));
    done(card.store_certificate(channel, 0x9A, certificate()));
    done(card.import_key(channel, 0x9A, tests::parts_of(key(), rsa2048), PinPolicy::card_default));
}

struct Cost {
    const char* firmware;
    bool extended;
    std::size_t store, import, sign, list;
};

// Cards whose answers have at most 255 bytes need one GET RESPONSE to sign and six to give the certificate.
constexpr Cost costs[] = {
    {"5.4", true, 1, 1, 1, 6},
    {"5.7", true, 1, 1, 1, 6},
    {"4.3", true, 1, 1, 1, 6},
    {"pivapplet", true, 1, 1, 2, 12},
};

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_budget)

BOOST_AUTO_TEST_CASE(the_certificate_of_this_budget_has_about_sixteen_hundred_bytes) {
    BOOST_TEST(certificate().size() > 1500U);
    BOOST_TEST(certificate().size() < 1700U);
}

BOOST_AUTO_TEST_CASE(writing_and_signing_cost_the_floor_with_extended_length) {
    for (const auto& cost : costs) {
        BOOST_TEST_CONTEXT(cost.firmware) {
            PracticeChannel channel(cost.firmware, cost.extended);
            auto card = recognised(channel);
            BOOST_TEST(channel.spent() == 1U);
            done(card->authenticate_admin(channel, factory_key()));
            BOOST_TEST(channel.spent() == (cost.firmware == std::string_view("5.7") ? 3U : 2U));
            done(card->store_certificate(channel, 0x9A, certificate()));
            BOOST_TEST(channel.spent() == cost.store);
            done(card->import_key(channel, 0x9A, tests::parts_of(key(), rsa2048), PinPolicy::card_default));
            BOOST_TEST(channel.spent() == cost.import);
            done(card->verify_pin(channel, as_bytes("123456")));
            BOOST_TEST(channel.spent() == 1U);
            const auto data = tests::emsa(hash, 256);
            done(card->operate(channel, 0x9A, rsa2048, Operation::rsa_raw, data, {}));
            BOOST_TEST(channel.spent() == cost.sign);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_cold_list_costs_the_floor_with_extended_length) {
    for (const auto& cost : costs) {
        BOOST_TEST_CONTEXT(cost.firmware) {
            PracticeChannel channel(cost.firmware, cost.extended);
            load(*recognised(channel), channel);
            channel.exchanges = 0;
            auto card = recognised(channel);
            done(card->identity(channel));
            BOOST_TEST(card->directory(channel)->size() == 1U);
            BOOST_TEST(channel.spent() == cost.list);
        }
    }
}

BOOST_AUTO_TEST_CASE(without_extended_length_it_costs_the_floor_of_short_commands_once_that_is_known) {
    PracticeChannel channel("5.4", false);
    auto card = recognised(channel);
    done(card->authenticate_admin(channel, factory_key()));
    BOOST_TEST(channel.spent() == 3U);
    done(card->store_certificate(channel, 0x9A, certificate()));
    BOOST_TEST(channel.spent() == 1U + 7U); // one refused extended command, never again
    done(card->import_key(channel, 0x9A, tests::parts_of(key(), rsa2048), PinPolicy::card_default));
    BOOST_TEST(channel.spent() == 3U);
    done(card->verify_pin(channel, as_bytes("123456")));
    channel.exchanges = 0;
    done(card->operate(channel, 0x9A, rsa2048, Operation::rsa_raw, tests::emsa(hash, 256), {}));
    BOOST_TEST(channel.spent() == 3U);
    auto fresh = recognised(channel);
    done(fresh->identity(channel));
    done(fresh->directory(channel));
    BOOST_TEST(channel.spent() <= 13U); // 12 and the one refusal
}

BOOST_AUTO_TEST_CASE(a_remembered_certificate_costs_one_exchange_however_short_the_commands) {
    PracticeChannel channel("5.4", false);
    load(*recognised(channel), channel);
    const auto seen = *recognised(channel)->directory(channel);
    auto card = recognised(channel);
    card->remember(seen);
    channel.exchanges = 0;
    const auto again = card->directory(channel);
    BOOST_TEST(again->size() == 1U);
    BOOST_TEST((again->front().certificate == seen.front().certificate));
    BOOST_TEST(channel.spent() <= 5U); // four places, and one extended command refused once
    BOOST_TEST((*card->recall(channel, 0x9A))->certificate.size() == seen.front().certificate.size());
    BOOST_TEST(channel.spent() == 1U);
}

BOOST_AUTO_TEST_CASE(a_remembered_certificate_that_was_replaced_is_read_anew) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    load(*card, channel);
    auto seen = *card->directory(channel);
    seen.front().certificate[20] ^= 1U; // within the serial number: somebody else's renewal
    card->remember(seen);
    BOOST_TEST(!*card->recall(channel, 0x9A));
    BOOST_TEST((card->directory(channel)->front().certificate == certificate()));
}

BOOST_AUTO_TEST_CASE(a_remembered_certificate_that_was_deleted_is_gone) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    load(*card, channel);
    card->remember(*card->directory(channel));
    done(card->delete_certificate(channel, 0x9A));
    BOOST_TEST(!*card->recall(channel, 0x9A));
    const auto now = *card->directory(channel);
    BOOST_TEST((now.empty() || now.front().certificate.empty()));
}

BOOST_AUTO_TEST_CASE(questions_cost_one_exchange_and_identity_only_once) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    channel.exchanges = 0;
    done(card->identity(channel));
    BOOST_TEST(channel.spent() == 1U);
    done(card->identity(channel));
    BOOST_TEST(channel.spent() == 0U);
    done(card->pin_status(channel));
    BOOST_TEST(channel.spent() == 1U);
    done(card->slot(channel, 0x9A));
    BOOST_TEST(channel.spent() == 2U);
}

BOOST_AUTO_TEST_CASE(retired_keys_cost_nothing_while_the_place_for_decryption_is_empty) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    load(*card, channel);
    channel.exchanges = 0;
    done(card->directory(channel));
    BOOST_TEST(channel.spent() == 4U);
    done(card->store_certificate(channel, 0x9D, certificate()));
    channel.exchanges = 0;
    done(card->directory(channel));
    BOOST_TEST(channel.spent() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
