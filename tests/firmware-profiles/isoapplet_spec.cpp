// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An IsoApplet of either version through the Card's verbs: what it does, what it costs, what others leave on
// it.
#include "isoapplet_channel.hpp"
#include "openssl_keys.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using tests::IsoAppletChannel;

namespace {

constexpr Algorithm rsa2048{KeyType::rsa, 2048}, p256{KeyType::ec, 256};
const Bytes hash(32, 0x5A);
const auto pin = as_bytes("123456");

practice::isoapplet::Settings version(unsigned number) {
    return {.version = number, .fresh = {.serial = 4711}};
}

struct Sample {
    tests::OpenSslKey key;
    Bytes certificate, info;
};
const Sample& sample(KeyType type) {
    const auto make = [](const Algorithm& algorithm) {
        auto key = tests::new_key(algorithm);
        auto certificate = tests::certificate_of(key, "EJEMPLO PRUEBA ANA - 00000000T", 1600);
        auto info = tests::public_info(key);
        return Sample{std::move(key), std::move(certificate), std::move(info)};
    };
    static const auto rsa = make(rsa2048);
    static const auto ec = make(p256);
    return type == KeyType::rsa ? rsa : ec;
}

template <class T>
void done(const Result<T>& result) {
    if (!result) throw std::runtime_error(describe(result.error()));
}

// Recognised, and selected: a card that answers nothing to SELECT is asked for a name nobody has, too, and its
// application selected again by the first verb.
std::unique_ptr<Card> recognised(IsoAppletChannel& channel) {
    auto card = recognise(channel, channel.atr(), profile::built_in()).value();
    (void)card->pin_status(channel);
    return card;
}

void load(Card& card, IsoAppletChannel& channel, const Algorithm& algorithm, KeyReference place = 0) {
    const auto& one = sample(algorithm.type);
    done(card.verify_pin(channel, pin));
    done(card.import_key(channel, place, tests::parts_of(one.key, algorithm), PinPolicy::card_default));
    done(card.store_certificate(channel, place, one.certificate));
}

Bytes signed_by(Card& card, IsoAppletChannel& channel, const Algorithm& algorithm, KeyReference place = 0) {
    const bool rsa = algorithm.type == KeyType::rsa;
    // DigestInfo of SHA-256: what stands at the end of the block the host would make.
    const auto block = tests::emsa(hash, 256);
    const auto data = rsa ? copy(ByteView(block).last(51)) : hash;
    const auto answer =
        card.operate(channel, place, algorithm, rsa ? Operation::rsa_pkcs1 : Operation::ecdsa, data, {});
    done(answer);
    return {answer->begin(), answer->end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(isoapplet)

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

BOOST_AUTO_TEST_CASE(a_key_that_was_brought_in_is_listed_and_signs) {
    for (const auto& [number, algorithm] :
         {std::pair{0U, rsa2048}, std::pair{1U, rsa2048}, std::pair{1U, p256}}) {
        BOOST_TEST_CONTEXT("version " << number << ", " << algorithm.bits) {
            IsoAppletChannel channel(version(number));
            load(*recognised(channel), channel, algorithm);
            channel.reset();
            const auto card = recognised(channel);
            const auto slots = card->directory(channel);
            done(slots);
            BOOST_TEST_REQUIRE(slots->size() == 1U);
            BOOST_TEST(slots->front().certificate == sample(algorithm.type).certificate);
            BOOST_TEST((slots->front().key_present == Known::yes));
            BOOST_TEST(slots->front().reference == 0U);
            done(card->verify_pin(channel, pin));
            BOOST_TEST(tests::verifies(sample(algorithm.type).info, hash,
                                       signed_by(*card, channel, algorithm), algorithm.type));
        }
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

BOOST_AUTO_TEST_CASE(sixteen_keys_with_their_certificates_fit_or_the_card_says_it_is_full) {
    IsoAppletChannel channel(version(1));
    const auto card = recognised(channel);
    std::size_t stored = 0;
    for (const auto place : card->places()) {
        const auto key = tests::new_key(p256);
        done(card->verify_pin(channel, pin));
        done(card->import_key(channel, place, tests::parts_of(key, p256), PinPolicy::card_default));
        const auto written = card->store_certificate(channel, place, tests::certificate_of(key, "X", 900));
        if (!written) {
            BOOST_TEST(is(written.error(), card_errc::no_room));
            break;
        }
        ++stored;
        const auto slots = card->directory(channel);
        done(slots);
        std::size_t whole = 0;
        for (const auto& slot : *slots) whole += slot.certificate.empty() ? 0U : 1U;
        BOOST_TEST(whole == stored);
    }
    BOOST_TEST(stored >= 4U); // the directory files of this card have 512 bytes each
}

BOOST_AUTO_TEST_CASE(what_is_deleted_is_gone_and_the_rest_stays) {
    IsoAppletChannel channel(version(1));
    const auto card = recognised(channel);
    load(*card, channel, rsa2048, 0);
    load(*card, channel, p256, 1);
    done(card->delete_certificate(channel, 0));
    done(card->delete_key(channel, 0));
    const auto slots = card->directory(channel);
    done(slots);
    BOOST_TEST_REQUIRE(slots->size() == 1U);
    BOOST_TEST(slots->front().reference == 1U);
    BOOST_TEST(slots->front().certificate == sample(KeyType::ec).certificate);
    const auto block = tests::emsa(hash, 256);
    const auto gone = card->operate(channel, 0, rsa2048, Operation::rsa_pkcs1, ByteView(block).last(51), {});
    BOOST_TEST(!gone.has_value());
    BOOST_TEST(
        tests::verifies(sample(KeyType::ec).info, hash, signed_by(*card, channel, p256, 1), KeyType::ec));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_replaced_without_losing_the_key) {
    IsoAppletChannel channel(version(1));
    const auto card = recognised(channel);
    load(*card, channel, rsa2048);
    const auto renewed = tests::certificate_of(sample(KeyType::rsa).key, "RENOVADO", 1200);
    done(card->store_certificate(channel, 0, renewed));
    const auto slots = card->directory(channel);
    done(slots);
    BOOST_TEST_REQUIRE(slots->size() == 1U);
    BOOST_TEST(slots->front().certificate == renewed);
}

BOOST_AUTO_TEST_CASE(import_left_out_of_the_applet_is_told_before_a_pin_is_asked_for) {
    for (const unsigned number : {0U, 1U}) {
        auto settings = version(number);
        settings.import = false;
        IsoAppletChannel channel(settings);
        const auto card = recognised(channel);
        channel.exchanges = 0;
        const auto told = card->check_import(channel, rsa2048);
        BOOST_TEST_REQUIRE(!told.has_value());
        BOOST_TEST(is(told.error(), card_errc::not_supported));
        BOOST_TEST(channel.spent() == 1U);
        BOOST_TEST(!card->check_import(channel, rsa2048).has_value());
        BOOST_TEST(channel.spent() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_reader_without_long_commands_is_told_before_a_pin_is_asked_for) {
    IsoAppletChannel channel(version(1));
    channel.carries_short_only = true;
    const auto card = recognised(channel);
    BOOST_TEST(is(card->check_import(channel, rsa2048).error(), card_errc::not_supported));
    done(card->check_import(channel, p256)); // which is short enough
}

BOOST_AUTO_TEST_CASE(pin_and_puk_do_what_they_should) {
    for (const unsigned number : {0U, 1U}) {
        IsoAppletChannel channel(version(number));
        const auto card = recognised(channel);
        BOOST_TEST(card->pin_status(channel)->tries_left.value() == 3U);
        const auto wrong = card->verify_pin(channel, as_bytes("654321"));
        BOOST_TEST(is(wrong.error(), card_errc::pin_incorrect));
        BOOST_TEST(wrong.error().detail == "2");
        done(card->verify_pin(channel, pin));
        const auto status = card->pin_status(channel);
        done(status);
        BOOST_TEST(status->verified);
        BOOST_TEST(status->tries_left.value() == 3U);
        done(card->change_pin(channel, pin, as_bytes("abcd")));
        BOOST_TEST(!card->verify_pin(channel, pin).has_value());
        done(card->verify_pin(channel, as_bytes("abcd")));
        for (int i = 0; i < 3; ++i) BOOST_TEST(!card->verify_pin(channel, as_bytes("0000")).has_value());
        BOOST_TEST(is(card->verify_pin(channel, as_bytes("abcd")).error(), card_errc::pin_blocked));
        BOOST_TEST(is(card->unblock_pin(channel, as_bytes("1234567890123457"), pin).error(),
                      card_errc::puk_incorrect));
        channel.exchanges = 0;
        BOOST_TEST(
            is(card->unblock_pin(channel, as_bytes("12345678"), pin).error(), card_errc::pin_malformed));
        BOOST_TEST(channel.spent() == 0U);
        done(card->unblock_pin(channel, as_bytes("1234567890123456"), pin));
        done(card->verify_pin(channel, pin));
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_signed_or_written_without_the_pin) {
    IsoAppletChannel channel(version(1));
    load(*recognised(channel), channel, p256);
    channel.reset();
    const auto card = recognised(channel);
    BOOST_TEST(card->try_operate(channel, 0, p256, Operation::ecdsa, hash)->value == 0x6982U);
    BOOST_TEST(
        is(card->operate(channel, 0, p256, Operation::ecdsa, hash, {}).error(), card_errc::pin_needed));
    BOOST_TEST(is(card->store_certificate(channel, 1, sample(KeyType::rsa).certificate).error(),
                  card_errc::pin_needed));
    BOOST_TEST(is(card->delete_certificate(channel, 0).error(), card_errc::pin_needed));
    BOOST_TEST(card->directory(channel)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_the_card_encrypted_to_is_decrypted_by_it) {
    for (const unsigned number : {0U, 1U}) {
        IsoAppletChannel channel(version(number));
        const auto card = recognised(channel);
        load(*card, channel, rsa2048);
        const auto cipher = tests::encrypted_to(sample(KeyType::rsa).key, as_bytes("secreto"));
        const auto plain = card->operate(channel, 0, rsa2048, Operation::rsa_decrypt, cipher, {});
        done(plain);
        BOOST_TEST(as_text(*plain) == "secreto");
    }
}

BOOST_AUTO_TEST_CASE(version_one_signs_with_pss) {
    IsoAppletChannel channel(version(1));
    const auto card = recognised(channel);
    load(*card, channel, rsa2048);
    const auto signature = card->operate(channel, 0, rsa2048, Operation::rsa_pss, hash, {});
    done(signature);
    BOOST_TEST(tests::verifies_pss(sample(KeyType::rsa).info, hash, *signature));
    IsoAppletChannel older(version(0));
    BOOST_TEST(is(recognised(older)->operate(older, 0, rsa2048, Operation::rsa_pss, hash, {}).error(),
                  card_errc::not_supported));
}

BOOST_AUTO_TEST_CASE(another_program_in_another_directory_does_not_lead_astray) {
    IsoAppletChannel channel(version(1));
    const auto card = recognised(channel);
    load(*card, channel, p256);
    BOOST_TEST(channel.by_another("00A4000C023F00") == "9000");
    BOOST_TEST(card->directory(channel)->size() == 1U);
    channel.reset(); // another program's reset or selection, of which nobody told us
    BOOST_TEST(card->directory(channel)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_blank_card_is_said_to_be_blank) {
    for (const unsigned number : {0U, 1U}) {
        auto settings = version(number);
        settings.fresh.blank = true;
        IsoAppletChannel channel(settings);
        const auto card = recognised(channel);
        BOOST_TEST(card->directory(channel)->empty());
        BOOST_TEST(is(card->pin_status(channel).error(), card_errc::not_initialised));
        BOOST_TEST(is(card->verify_pin(channel, pin).error(), card_errc::not_initialised));
        BOOST_TEST(is(card->store_certificate(channel, 0, sample(KeyType::rsa).certificate).error(),
                      card_errc::not_initialised));
        BOOST_TEST(card->identity(channel)->serial == "");
    }
}

BOOST_AUTO_TEST_SUITE_END()
