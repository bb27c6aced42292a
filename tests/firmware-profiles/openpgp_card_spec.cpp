// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The whole life of a key on each maker's OpenPGP card, as the practice card plays them.
#include "openpgp_support.hpp"

#include <boost/test/data/test_case.hpp>
#include <openssl/x509.h>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::openpgp;
using tests::OpenPgpChannel;

BOOST_AUTO_TEST_SUITE(an_openpgp_card)

BOOST_DATA_TEST_CASE(of_each_maker_finds_its_profile,
                     boost::unit_test::data::make(firmwares) ^
                         boost::unit_test::data::make(std::vector<std::string>{
                             "openpgp-card", "openpgp-smartpgp", "openpgp-yubikey", "openpgp-gnuk"}),
                     firmware, profile) {
    OpenPgpChannel channel(firmware);
    BOOST_TEST(recognised(channel)->profile().name == profile);
}

BOOST_DATA_TEST_CASE(signs_with_a_key_that_came_and_lists_its_certificate, firmwares, firmware) {
    for (const auto& algorithm : {rsa2048, p256}) {
        OpenPgpChannel channel(firmware);
        auto card = recognised(channel);
        const auto key = tests::new_key(algorithm);
        const auto certificate = load(*card, channel, for_authentication, key, algorithm);
        require(card->verify_pin(channel, pin()));
        check_signature(*card, channel, for_authentication, tests::public_info(key), algorithm);
        check_signature(*card, channel, for_authentication, tests::public_info(key), algorithm);
        channel.reset();
        auto again = recognised(channel);
        const auto slots = again->directory(channel);
        require(slots);
        BOOST_TEST_REQUIRE(slots->size() == 1U);
        BOOST_TEST((slots->front().certificate == certificate));
        BOOST_TEST((slots->front().key_present == Known::yes));
    }
}

BOOST_DATA_TEST_CASE(asks_for_the_pin_at_each_signature_in_the_place_for_signatures,
                     (std::vector<std::string>{"standard", "smartpgp", "yubikey"}), firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    load(*card, channel, for_signatures, key, rsa2048);
    BOOST_TEST((card->slot(channel, for_signatures)->pin_policy == PinPolicy::always));
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, for_signatures, tests::public_info(key), rsa2048, pin());
    const auto second = sign(*card, channel, for_signatures, rsa2048);
    BOOST_TEST_REQUIRE(!second);
    BOOST_TEST(is(second.error(), card_errc::pin_needed));
    BOOST_TEST(card->pin_verified()); // for everything else it is still open
}

BOOST_AUTO_TEST_CASE(whose_holder_wants_it_signs_again_and_again_with_one_pin) {
    OpenPgpChannel channel({{"firmware", "standard"}, {"several", ""}});
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    load(*card, channel, for_signatures, key, p256);
    BOOST_TEST((card->slot(channel, for_signatures)->pin_policy == PinPolicy::once));
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, for_signatures, tests::public_info(key), p256);
    check_signature(*card, channel, for_signatures, tests::public_info(key), p256);
}

BOOST_DATA_TEST_CASE(decrypts_and_agrees_in_the_place_for_decryption,
                     (std::vector<std::string>{"standard", "smartpgp", "yubikey"}), firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, admin_pin()));
    require(card->verify_pin(channel, pin()));
    const auto made = card->generate_key(channel, for_decryption, rsa2048, PinPolicy::card_default);
    require(made);
    const auto info = write_public_key(*made);
    const auto* at = info.data();
    const tests::OpenSslKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
    Bytes cipher(256);
    auto size = cipher.size();
    BOOST_REQUIRE(EVP_PKEY_encrypt_init(context.get()) == 1 &&
                  EVP_PKEY_encrypt(context.get(), cipher.data(), &size, hash().data(), hash().size()) == 1);
    const auto plain = card->operate(channel, for_decryption, rsa2048, Operation::rsa_decrypt, cipher, {});
    require(plain);
    BOOST_TEST(Bytes(plain->begin(), plain->end()) == hash());

    const auto curve = card->generate_key(channel, for_decryption, p256, PinPolicy::card_default);
    require(curve);
    const auto other = tests::new_key(p256);
    const auto secret =
        card->operate(channel, for_decryption, p256, Operation::ecdh, tests::point_of(other), {});
    require(secret);
    BOOST_TEST(Bytes(secret->begin(), secret->end()) ==
               tests::shared_secret(other, write_public_key(*curve)));
}

BOOST_DATA_TEST_CASE(makes_a_key_that_signs_and_is_listed, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, admin_pin()));
    require(card->verify_pin(channel, pin()));
    for (const auto& algorithm : {p256, rsa2048}) {
        const auto key = card->generate_key(channel, for_authentication, algorithm, PinPolicy::card_default);
        require(key);
        check_signature(*card, channel, for_authentication, write_public_key(*key), algorithm);
        const auto slots = recognised(channel)->directory(channel);
        require(slots);
        BOOST_TEST_REQUIRE(slots->size() == 1U);
        BOOST_TEST((slots->front().public_key == *key));
        require(card->authenticate_admin(channel, admin_pin())); // gone with the other Card's selection
        require(card->verify_pin(channel, pin()));
    }
}

BOOST_DATA_TEST_CASE(lets_a_key_go_for_good, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    load(*card, channel, for_authentication, key, rsa2048);
    require(card->delete_key(channel, for_authentication));
    require(card->delete_certificate(channel, for_authentication));
    require(card->verify_pin(channel, pin()));
    BOOST_TEST(!sign(*card, channel, for_authentication, rsa2048));
    BOOST_TEST(card->directory(channel)->empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_certificate_where_a_new_key_empties_the_place) {
    OpenPgpChannel channel("smartpgp");
    auto card = recognised(channel);
    const auto key = tests::new_key(p256); // another algorithm than the factory's, too
    const auto certificate = load(*card, channel, for_authentication, key, p256);
    BOOST_TEST((card->slot(channel, for_authentication)->certificate == certificate));
    const auto fresh = recognised(channel)->directory(channel);
    require(fresh);
    BOOST_TEST_REQUIRE(fresh->size() == 1U);
    BOOST_TEST((fresh->front().certificate == certificate));
}

// Its second write, after the key, once went to the place that a fresh selection begins with.
BOOST_DATA_TEST_CASE(keeps_the_certificate_of_one_place_when_another_is_filled,
                     (std::vector<std::string>{"standard", "smartpgp", "yubikey"}), firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    const auto older = load(*card, channel, for_authentication, tests::new_key(p256), p256);
    BOOST_TEST((card->slot(channel, for_signatures)->certificate.empty()));
    const auto newer = load(*card, channel, for_signatures, tests::new_key(rsa2048), rsa2048);
    const auto fresh = recognised(channel);
    BOOST_TEST((fresh->slot(channel, for_authentication)->certificate == older));
    BOOST_TEST((fresh->slot(channel, for_signatures)->certificate == newer));
}

BOOST_AUTO_TEST_CASE(says_how_long_a_certificate_may_be_and_is_never_sent_a_longer_one) {
    const std::pair<std::string, std::size_t> limits[] = {
        {"smartpgp", 944}, {"standard", 2048}, {"yubikey", 0x0BFE}};
    for (const auto& [firmware, limit] : limits) {
        OpenPgpChannel channel(firmware);
        auto card = recognised(channel);
        channel.exchanges = 0;
        BOOST_TEST(card->max_certificate(channel).value() == limit);
        BOOST_TEST(channel.spent() == 0U);
        require(card->authenticate_admin(channel, admin_pin()));
        channel.exchanges = 0;
        const auto refused = card->store_certificate(channel, for_authentication, Bytes(limit + 1, 0x30));
        BOOST_TEST_REQUIRE(!refused);
        BOOST_TEST(is(refused.error(), card_errc::object_too_large));
        BOOST_TEST(channel.spent() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(takes_no_kind_of_key_that_its_maker_does_not_know) {
    OpenPgpChannel channel("gnuk");
    auto card = recognised(channel);
    BOOST_TEST(
        is(card->check_import(channel, {KeyType::ec, 384}).error(), card_errc::algorithm_not_supported));
    BOOST_TEST(
        is(card->check_import(channel, {KeyType::rsa, 4096}).error(), card_errc::algorithm_not_supported));
    require(card->check_import(channel, rsa2048));
}

BOOST_DATA_TEST_CASE(refuses_to_sign_before_the_pin, firmwares, firmware) {
    OpenPgpChannel channel(firmware);
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(p256), p256);
    const auto refused = card->try_operate(channel, for_authentication, p256, Operation::ecdsa, hash());
    require(refused);
    BOOST_TEST(refused->value == 0x6982);
}

BOOST_AUTO_TEST_CASE(names_keys_as_other_programs_do) {
    // RFC 4880, 12.2: whoever asks the card finds twenty bytes that are not zero, and a date.
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(rsa2048), rsa2048);
    const auto fresh = recognised(channel);
    BOOST_TEST((fresh->slot(channel, for_authentication)->origin == Origin::imported));
    BOOST_TEST(fresh->directory(channel)->size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
