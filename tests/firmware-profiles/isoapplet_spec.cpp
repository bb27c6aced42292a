// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An IsoApplet of either version through the Card's verbs: what it does, and what others leave on it.
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/pkcs15_contents.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"
#include "isoapplet_sample.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::isoapplet;
using tests::IsoAppletChannel;

BOOST_AUTO_TEST_SUITE(isoapplet)

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

// As two programs do it, one after the other.
BOOST_AUTO_TEST_CASE(a_key_without_a_certificate_is_listed_and_gets_it_from_another_program) {
    for (const auto& [number, algorithm] :
         {std::pair{0U, rsa2048}, std::pair{1U, rsa2048}, std::pair{1U, p256}}) {
        BOOST_TEST_CONTEXT("version " << number << ", " << algorithm.bits) {
            IsoAppletChannel channel(version(number));
            const auto& one = sample(algorithm.type);
            auto card = recognised(channel);
            done(card->verify_pin(channel, pin));
            auto parts = tests::parts_of(one.key, algorithm);
            if (algorithm.type == KeyType::ec) parts.point = tests::point_of(one.key);
            done(card->import_key(channel, 3, parts, PinPolicy::card_default));
            channel.reset();
            card = recognised(channel);
            auto slots = card->directory(channel);
            done(slots);
            BOOST_TEST_REQUIRE(slots->size() == 1U);
            BOOST_TEST(slots->front().reference == 3U);
            BOOST_TEST_REQUIRE(slots->front().public_key.has_value());
            BOOST_TEST(write_public_key(*slots->front().public_key) == one.info);
            done(card->verify_pin(channel, pin));
            done(card->store_certificate(channel, 3, one.certificate));
            channel.reset();
            card = recognised(channel);
            slots = card->directory(channel);
            done(slots);
            BOOST_TEST_REQUIRE(slots->size() == 1U);
            BOOST_TEST((slots->front().certificate == one.certificate));
            BOOST_TEST((slots->front().key_present == Known::yes));
            done(card->verify_pin(channel, pin));
            BOOST_TEST(
                tests::verifies(one.info, hash, signed_by(*card, channel, algorithm, 3), algorithm.type));
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

// The nineteen as another program would put them beside ours, in a directory with room for them.
BOOST_AUTO_TEST_CASE(twenty_certificates_are_all_found) {
    for (const unsigned number : {0U, 1U}) {
        auto blank = version(number);
        blank.fresh.blank = true;
        IsoAppletChannel channel(blank);
        const auto card = recognise(channel, channel.atr(), profile::built_in()).value();
        done(card->prepare(channel, as_bytes("1234567890123456"), "Oficina"));
        done(card->set_pin_as_admin(channel, pin));
        load(*card, channel, rsa2048);
        const auto& table = card->profile().pkcs15;
        dialect::Memory memory;
        dialect::Application application(channel, card->profile(), memory);
        done(dialect::verify_pin(application, pin));
        dialect::Files files(application, table.home);
        auto contents = dialect::pkcs15::read_contents(files, table).value();
        std::set<Bytes> stored{sample(KeyType::rsa).certificate};
        for (std::uint8_t n = 0; n < 19; ++n) {
            const auto id = static_cast<std::uint16_t>(0x3700 + n);
            const auto der = tests::certificate_of(tests::new_key(p256), "Otra");
            stored.insert(der);
            BOOST_TEST_REQUIRE(files.create(id, der.size(), table.guarded_conditions).value());
            done(files.fill(der));
            dialect::pkcs15::Certificate entry{.common = {.label = "Otra"}, .id = Bytes{0x70, n}};
            entry.path.files = files.path_of(id);
            done(dialect::pkcs15::add_entry(files, table, contents, dialect::pkcs15::Lists::certificates,
                                            dialect::pkcs15::write_entry(entry)));
        }
        channel.reset();
        const auto slots = recognised(channel)->directory(channel);
        done(slots);
        std::set<Bytes> found;
        for (const auto& slot : *slots) found.insert(slot.certificate);
        BOOST_TEST(slots->size() == 20U);
        BOOST_TEST((found == stored));
    }
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
