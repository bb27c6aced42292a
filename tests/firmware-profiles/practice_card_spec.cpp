// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The whole life of a key on each firmware of the practice card, which was written from the same documents by
// others.
#include "openssl_keys.hpp"
#include "practice_channel.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using tests::PracticeChannel;

namespace {

constexpr Algorithm rsa2048{KeyType::rsa, 2048};
constexpr Algorithm p256{KeyType::ec, 256};
const Bytes hash(32, 0x5A);
const std::vector<std::string> loadable{"4.3", "5.4", "5.7", "pivapplet"};

Bytes factory_key() { return from_hex("010203040506070801020304050607080102030405060708").value(); }
ByteView pin() { return as_bytes("123456"); }

std::unique_ptr<Card> recognised(PracticeChannel& channel) {
    auto card = recognise(channel, channel.atr(), profile::built_in());
    BOOST_REQUIRE_MESSAGE(card, (card ? "" : describe(card.error())));
    return std::move(*card);
}

template <class T>
void require(const Result<T>& result) {
    BOOST_REQUIRE_MESSAGE(result, (result ? "" : describe(result.error())));
}

void load(Card& card, PracticeChannel& channel, KeyReference place, const tests::OpenSslKey& key,
          const Algorithm& algorithm) {
    require(card.authenticate_admin(channel, factory_key()));
    require(card.store_certificate(channel, place, tests::certificate_of(key, "Prueba")));
    require(card.import_key(channel, place, tests::parts_of(key, algorithm), PinPolicy::card_default));
}

void check_signature(Card& card, PracticeChannel& channel, KeyReference place, ByteView info,
                     const Algorithm& algorithm, ByteView given_pin = {}) {
    const bool rsa = algorithm.type == KeyType::rsa;
    const auto data = rsa ? tests::emsa(hash, algorithm.bits / 8) : hash;
    const auto signature =
        card.operate(channel, place, algorithm, rsa ? Operation::rsa_raw : Operation::ecdsa, data, given_pin);
    require(signature);
    BOOST_TEST(tests::verifies(info, hash, {signature->data(), signature->size()}, algorithm.type));
}

} // namespace

BOOST_AUTO_TEST_SUITE(card_on_a_practice_card)

BOOST_DATA_TEST_CASE(each_firmware_finds_its_profile,
                     boost::unit_test::data::make(std::vector<std::string>{"4.3", "5.4", "5.7", "pivapplet",
                                                                           "noimport", "nist"}) ^
                         boost::unit_test::data::make(std::vector<std::string>{"yubikey-4", "yubikey-5",
                                                                               "yubikey-5", "pivapplet",
                                                                               "piv-generic", "piv-generic"}),
                     firmware, profile) {
    PracticeChannel channel(firmware);
    BOOST_TEST(recognised(channel)->profile().name == profile);
}

BOOST_DATA_TEST_CASE(an_imported_rsa_key_signs_and_decrypts, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    load(*card, channel, 0x9A, key, rsa2048);
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, 0x9A, tests::public_info(key), rsa2048);
    const auto slots = card->directory(channel);
    require(slots);
    BOOST_TEST_REQUIRE(slots->size() == 1U);
    BOOST_TEST(slots->front().certificate == tests::certificate_of(key, "Prueba"));
}

BOOST_DATA_TEST_CASE(an_imported_ec_key_signs_and_agrees, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    load(*card, channel, 0x9D, key, p256);
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, 0x9D, tests::public_info(key), p256);
    const auto other = tests::new_key(p256);
    const auto secret = card->operate(channel, 0x9D, p256, Operation::ecdh, tests::point_of(other), {});
    require(secret);
    BOOST_TEST(Bytes(secret->begin(), secret->end()) == tests::shared_secret(other, tests::public_info(key)));
}

BOOST_DATA_TEST_CASE(a_generated_key_is_the_one_that_signs, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, factory_key()));
    for (const auto& algorithm : {rsa2048, p256}) {
        const auto key = card->generate_key(channel, 0x9C, algorithm, PinPolicy::always);
        require(key);
        check_signature(*card, channel, 0x9C, write_public_key(*key), algorithm, pin());
        const auto second = card->operate(channel, 0x9C, algorithm, Operation::ecdsa, hash, {});
        BOOST_TEST(!second);
        const auto slot = card->slot(channel, 0x9C);
        require(slot);
        BOOST_TEST((slot->public_key == *key));
        BOOST_TEST((slot->pin_policy == PinPolicy::always));
        BOOST_TEST((slot->origin == Origin::generated));
    }
}

BOOST_DATA_TEST_CASE(a_deleted_key_signs_no_more, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    const auto key = tests::new_key(rsa2048);
    load(*card, channel, 0x9A, key, rsa2048);
    require(card->delete_key(channel, 0x9A));
    require(card->delete_certificate(channel, 0x9A));
    require(card->verify_pin(channel, pin()));
    BOOST_TEST(!card->operate(channel, 0x9A, rsa2048, Operation::rsa_raw, tests::emsa(hash, 256), {}));
    const auto slots = card->directory(channel);
    require(slots);
    BOOST_TEST(slots->empty());
}

BOOST_DATA_TEST_CASE(the_pin_is_changed_and_unblocked, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    require(card->change_pin(channel, pin(), as_bytes("654321")));
    const auto wrong = card->verify_pin(channel, pin());
    BOOST_TEST_REQUIRE(!wrong);
    BOOST_TEST(is(wrong.error(), card_errc::pin_incorrect));
    const auto left = card->pin_status(channel);
    require(left);
    BOOST_TEST((left->tries_left == static_cast<unsigned>(std::stoul(wrong.error().detail))));
    while (!is(card->verify_pin(channel, pin()).error(), card_errc::pin_blocked)) {
    }
    BOOST_TEST((card->pin_status(channel)->tries_left == 0U));
    const auto bad_puk = card->unblock_pin(channel, as_bytes("11111111"), pin());
    BOOST_TEST(is(bad_puk.error(), card_errc::puk_incorrect));
    require(card->unblock_pin(channel, as_bytes("12345678"), pin()));
    require(card->verify_pin(channel, pin()));
}

BOOST_AUTO_TEST_CASE(a_yubikey_tells_factory_values) {
    PracticeChannel channel("5.7");
    auto card = recognised(channel);
    BOOST_TEST((card->pin_status(channel)->factory == Known::yes));
    BOOST_TEST((card->puk_status(channel)->factory == Known::yes));
    require(card->authenticate_admin(channel, factory_key()));
    BOOST_TEST((card->admin_key_is_factory() == Known::yes));
}

BOOST_DATA_TEST_CASE(a_wrong_administration_key_is_said_to_be_wrong, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    const auto wrong = card->authenticate_admin(channel, Bytes(24, 0x33));
    BOOST_TEST(is(wrong.error(), card_errc::admin_key_wrong));
    channel.exchanges = 0;
    const auto odd = card->authenticate_admin(channel, Bytes(23, 0x33));
    BOOST_TEST(is(odd.error(), card_errc::admin_key_malformed));
    BOOST_TEST(channel.exchanges == 0U);
}

BOOST_AUTO_TEST_CASE(only_a_key_larger_than_2048_asks_for_the_version) {
    for (const auto& [firmware, taken] : {std::pair{"5.4", false}, std::pair{"5.7", true}}) {
        PracticeChannel channel(firmware);
        auto card = recognised(channel);
        channel.commands.clear();
        require(card->check_import(channel, rsa2048));
        BOOST_TEST(channel.commands.empty());
        BOOST_TEST(card->check_import(channel, {KeyType::rsa, 4096}).has_value() == taken);
        BOOST_TEST(channel.commands == std::vector<std::uint8_t>{0xFD}, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_card_without_import_says_so_before_anything_is_sent) {
    PracticeChannel channel("noimport");
    auto card = recognised(channel);
    channel.exchanges = 0;
    BOOST_TEST(is(card->check_import(channel, rsa2048).error(), card_errc::not_supported));
    BOOST_TEST(channel.exchanges == 0U);
}

BOOST_AUTO_TEST_CASE(an_imported_key_asks_for_the_pin_once_even_where_the_place_would_ask_always) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    load(*card, channel, 0x9C, key, p256);
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, 0x9C, tests::public_info(key), p256);
    check_signature(*card, channel, 0x9C, tests::public_info(key), p256);
}

BOOST_DATA_TEST_CASE(without_the_pin_the_card_itself_refuses, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    load(*card, channel, 0x9A, tests::new_key(p256), p256);
    const auto refused = card->try_operate(channel, 0x9A, p256, Operation::ecdsa, hash);
    require(refused);
    BOOST_TEST(refused->value == 0x6982);
}

BOOST_DATA_TEST_CASE(a_certificate_in_a_retired_place_is_found_again, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    load(*card, channel, 0x9D, tests::new_key(p256), p256);
    load(*card, channel, 0x83, tests::new_key(p256), p256);
    auto again = recognised(channel);
    const auto slots = again->directory(channel);
    require(slots);
    BOOST_TEST_REQUIRE(slots->size() == 2U);
    BOOST_TEST((*slots)[1].reference == 0x83);
}

BOOST_AUTO_TEST_CASE(a_login_that_a_reset_took_away_is_noticed) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    const auto key = tests::new_key(p256);
    load(*card, channel, 0x9A, key, p256);
    require(card->verify_pin(channel, pin()));
    channel.reset();
    const auto signature = card->operate(channel, 0x9A, p256, Operation::ecdsa, hash, {});
    BOOST_TEST_REQUIRE(!signature);
    BOOST_TEST(is(signature.error(), card_errc::pin_needed));
    BOOST_TEST(!card->pin_verified());
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, 0x9A, tests::public_info(key), p256);
}

BOOST_AUTO_TEST_CASE(an_administration_login_that_a_reset_took_away_is_noticed) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, factory_key()));
    channel.reset();
    const auto stored = card->store_certificate(channel, 0x9A, Bytes(1600, 1));
    BOOST_TEST_REQUIRE(!stored);
    BOOST_TEST(is(stored.error(), card_errc::admin_needed));
    BOOST_TEST(!card->admin_authenticated());
}

BOOST_AUTO_TEST_CASE(a_directory_is_read_again_after_another_program_selected_something_else) {
    PracticeChannel channel("5.4");
    auto card = recognised(channel);
    load(*card, channel, 0x9A, tests::new_key(p256), p256);
    channel.reset();
    BOOST_TEST(card->directory(channel)->size() == 1U);
}

BOOST_DATA_TEST_CASE(logout_forgets_both_logins, loadable, firmware) {
    PracticeChannel channel(firmware);
    auto card = recognised(channel);
    load(*card, channel, 0x9A, tests::new_key(p256), p256);
    require(card->verify_pin(channel, pin()));
    require(card->logout(channel));
    BOOST_TEST(card->try_operate(channel, 0x9A, p256, Operation::ecdsa, hash)->value == 0x6982);
    BOOST_TEST(is(card->store_certificate(channel, 0x9A, Bytes(10, 1)).error(), card_errc::admin_needed));
}

BOOST_AUTO_TEST_CASE(the_same_works_on_t0_and_without_extended_length) {
    for (const bool t0 : {false, true}) {
        PracticeChannel channel("5.4", false, t0);
        auto card = recognised(channel);
        const auto key = tests::new_key(rsa2048);
        load(*card, channel, 0x9A, key, rsa2048);
        require(card->verify_pin(channel, pin()));
        check_signature(*card, channel, 0x9A, tests::public_info(key), rsa2048);
    }
}

BOOST_AUTO_TEST_SUITE_END()
