// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The Spanish families on practice cards that were written from the same public sources by other hands:
// recognised, listed, used, and never a try spent that nobody asked for.
#include "chip_channel.hpp"
#include "firmware-profiles/card/card.hpp"
#include "openssl_keys.hpp"
#include "pcsc/base/tlv.hpp"

#include <set>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using tests::ChipChannel;

namespace {
const Bytes hash(32, 0x5A);
ByteView pin() { return as_bytes("123456"); }

template <class T>
void require(const Result<T>& result) {
    BOOST_REQUIRE_MESSAGE(result, (result ? "" : describe(result.error())));
}

std::unique_ptr<Card> recognised(ChipChannel& channel) {
    auto card = recognise(channel, channel.atr(), profile::built_in());
    BOOST_REQUIRE_MESSAGE(card, (card ? "" : describe(card.error())));
    return std::move(*card);
}

Algorithm algorithm_of(const KeySlot& slot) {
    const auto parts = read_certificate(slot.certificate);
    require(parts);
    const auto key = read_public_key(parts->spki);
    require(key);
    return {key->type, key->bits};
}

// The SHA-256 DigestInfo of RFC 8017, 9.2, note 1.
Bytes digest_info() { return concat({from_hex("3031300D060960864801650304020105000420").value(), hash}); }

Result<ZeroingBytes> sign(Card& card, ChipChannel& channel, const KeySlot& slot, ByteView given_pin = {}) {
    const auto algorithm = algorithm_of(slot);
    const bool raw = card.profile().can(Operation::rsa_raw);
    const auto data = raw ? tests::emsa(hash, algorithm.bits / 8) : digest_info();
    return card.operate(channel, slot.reference, algorithm, raw ? Operation::rsa_raw : Operation::rsa_pkcs1,
                        data, given_pin);
}

void check_signature(Card& card, ChipChannel& channel, const KeySlot& slot) {
    const auto signature = sign(card, channel, slot);
    require(signature);
    const auto parts = read_certificate(slot.certificate);
    BOOST_TEST(
        tests::verifies(copy(parts->spki), hash, {signature->data(), signature->size()}, KeyType::rsa));
}

std::vector<KeySlot> listed(Card& card, ChipChannel& channel) {
    auto slots = card.directory(channel);
    require(slots);
    return std::move(*slots);
}

struct Sample {
    std::string card, profile;
};
std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.card; }
const std::vector<Sample> everything{
    {"classic", "gemalto-classic"},
    {"classic:card=r5-maestro,bits=1024", "gemalto-classic"},
    {"classic:card=r5-bare,bits=1024,aid=0f", "gemalto-classic"},
    {"classic:card=r7,bits=1024", "gemalto-classic"},
    {"classic:card=r7-contactless,bits=1024,aid=0c", "gemalto-classic"},
    {"classic:bits=1024,buffer=64,keys=2", "gemalto-classic"},
    {"safesign", "safesign"},
    {"safesign:bits=1024,keys=3,buffer=50", "safesign"},
    {"safesign:card=r7,bits=1024", "safesign"},
    {"ceres", "ceres"},
    {"ceres:lists=empty,keys=2", "ceres"},
    {"ceres:lists=old,bits=1024,keys=3", "ceres"},
    {"ceres:card=st,plain,bits=1024", "ceres"},
    {"ceres:card=sle-fn19,bits=1024", "ceres"},
    {"ceres:card=sle-fn20,bits=1024,buffer=100", "ceres"},
};
// One of each way to talk to a card.
const std::vector<Sample> families{
    {"classic:bits=1024", ""}, {"safesign:bits=1024", ""}, {"ceres:bits=1024", ""}};

} // namespace

BOOST_AUTO_TEST_SUITE(spanish_cards)

BOOST_DATA_TEST_CASE(each_is_recognised_without_a_word_about_its_pin, everything) {
    ChipChannel channel(sample.card);
    BOOST_TEST(recognised(channel)->profile().name == sample.profile);
    BOOST_TEST(channel.sent(0x20) == 0U);
    BOOST_TEST(channel.sent(0xA4) + channel.sent(0xC0) == channel.commands.size());
}

BOOST_DATA_TEST_CASE(its_keys_are_listed_with_their_certificates_and_sign, everything) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    const auto slots = listed(*card, channel);
    BOOST_TEST_REQUIRE(!slots.empty());
    require(card->verify_pin(channel, pin()));
    for (const auto& slot : slots) {
        BOOST_TEST((slot.key_present == Known::yes));
        check_signature(*card, channel, slot);
    }
}

BOOST_DATA_TEST_CASE(twenty_certificates_are_all_found,
                     (std::vector<std::string>{"classic:bits=1024,keys=20", "safesign:bits=1024,keys=20",
                                               "ceres:bits=1024,keys=20,lists=old"})) {
    ChipChannel channel(sample);
    auto card = recognised(channel);
    const auto slots = listed(*card, channel);
    BOOST_TEST(slots.size() == 20U);
    std::set<Bytes> different;
    for (const auto& slot : slots) different.insert(slot.certificate);
    BOOST_TEST(different.size() == 20U);
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, slots.back());
}

BOOST_DATA_TEST_CASE(asking_for_the_tries_spends_none, families) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    for (int i = 0; i < 5; ++i) {
        const auto status = card->pin_status(channel);
        require(status);
        BOOST_TEST(status->tries_left.value_or(0) == 3U);
        BOOST_TEST(!status->verified);
    }
}

BOOST_DATA_TEST_CASE(a_wrong_pin_is_called_wrong_and_the_third_blocks, families) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    const auto slots = listed(*card, channel);
    for (const std::string left : {"2", "1"}) {
        const auto refused = card->verify_pin(channel, as_bytes("654321"));
        BOOST_TEST_REQUIRE(!refused);
        BOOST_TEST(is(refused.error(), card_errc::pin_incorrect));
        BOOST_TEST(refused.error().detail == left);
        BOOST_TEST(card->pin_status(channel)->tries_left.value_or(9) ==
                   static_cast<unsigned>(std::stoul(left)));
    }
    BOOST_TEST(is(card->verify_pin(channel, as_bytes("654321")).error(), card_errc::pin_blocked));
    BOOST_TEST(is(card->verify_pin(channel, pin()).error(), card_errc::pin_blocked));
    BOOST_TEST(card->pin_status(channel)->tries_left.value_or(9) == 0U);
    BOOST_TEST(is(sign(*card, channel, slots.front()).error(), card_errc::pin_needed));
    BOOST_TEST(listed(*card, channel).size() == slots.size());
}

BOOST_DATA_TEST_CASE(a_pin_of_no_possible_form_is_never_sent, families) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    for (const std::string bad : {"", "123", "12345678901234567"})
        BOOST_TEST(is(card->verify_pin(channel, as_bytes(bad)).error(), card_errc::pin_malformed));
    BOOST_TEST(channel.sent(0x20) == 0U);
}

BOOST_DATA_TEST_CASE(without_the_pin_nothing_is_signed_and_with_it_in_the_same_breath_it_is, families) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    const auto slot = listed(*card, channel).front();
    BOOST_TEST(is(sign(*card, channel, slot).error(), card_errc::pin_needed));
    const auto algorithm = algorithm_of(slot);
    const bool raw = card->profile().can(Operation::rsa_raw);
    const auto data = raw ? tests::emsa(hash, algorithm.bits / 8) : digest_info();
    const auto tried = card->try_operate(channel, slot.reference, algorithm,
                                         raw ? Operation::rsa_raw : Operation::rsa_pkcs1, data);
    require(tried);
    BOOST_TEST(tried->value == 0x6982);
    require(sign(*card, channel, slot, pin()));
}

BOOST_AUTO_TEST_CASE(a_classic_pin_is_changed_and_unblocked) {
    ChipChannel channel("classic:bits=1024");
    auto card = recognised(channel);
    require(card->change_pin(channel, pin(), as_bytes("24681357")));
    BOOST_TEST(is(card->verify_pin(channel, pin()).error(), card_errc::pin_incorrect));
    require(card->verify_pin(channel, as_bytes("24681357")));
    for (int i = 0; i < 3; ++i) (void)card->verify_pin(channel, as_bytes("0000"));
    BOOST_TEST(is(card->verify_pin(channel, as_bytes("24681357")).error(), card_errc::pin_blocked));
    const auto wrong = card->unblock_pin(channel, as_bytes("87654321"), pin());
    BOOST_TEST(is(wrong.error(), card_errc::puk_incorrect));
    require(card->unblock_pin(channel, as_bytes("12345678"), pin()));
    require(card->verify_pin(channel, pin()));
}

BOOST_DATA_TEST_CASE(where_no_document_tells_how_nothing_is_tried,
                     (std::vector<std::string>{"safesign:bits=1024", "ceres:bits=1024"})) {
    ChipChannel channel(sample);
    auto card = recognised(channel);
    (void)channel.spent();
    BOOST_TEST(is(card->change_pin(channel, pin(), as_bytes("222222")).error(), card_errc::not_supported));
    BOOST_TEST(is(card->unblock_pin(channel, pin(), pin()).error(), card_errc::not_supported));
    BOOST_TEST(is(card->store_certificate(channel, 1, Bytes{0x30, 0x00}).error(), card_errc::not_supported));
    BOOST_TEST(is(card->check_import(channel, {KeyType::rsa, 2048}).error(), card_errc::not_supported));
    BOOST_TEST(channel.spent() == 0U);
}

BOOST_AUTO_TEST_CASE(a_classic_card_signs_every_hash_its_applet_knows_and_says_which_it_does_not) {
    ChipChannel channel("classic:bits=1024");
    auto card = recognised(channel);
    const auto slot = listed(*card, channel).front();
    require(card->verify_pin(channel, pin()));
    const auto sign_info = [&](const char* head, std::size_t size) {
        return card->operate(channel, slot.reference, {KeyType::rsa, 1024}, Operation::rsa_pkcs1,
                             concat({from_hex(head).value(), Bytes(size, 0x11)}), {});
    };
    require(sign_info("3021300906052B0E03021A05000414", 20));
    require(sign_info("", 36)); // MD5 and SHA-1 side by side, as TLS 1.0 signs them
    BOOST_TEST(is(sign_info("3041300D060960864801650304020205000430", 48).error(), card_errc::data_refused));
    BOOST_TEST(is(sign_info("", 37).error(), card_errc::data_refused));
    ChipChannel newer("classic:bits=1024,applet=4");
    auto newer_card = recognised(newer);
    (void)listed(*newer_card, newer);
    require(newer_card->verify_pin(newer, pin()));
    require(newer_card->operate(
        newer, slot.reference, {KeyType::rsa, 1024}, Operation::rsa_pkcs1,
        concat({from_hex("3051300D060960864801650304020305000440").value(), Bytes(64, 1)}), {}));
}

BOOST_AUTO_TEST_CASE(a_long_block_goes_to_a_ceres_card_in_two_envelopes) {
    ChipChannel channel("ceres");
    auto card = recognised(channel);
    const auto slot = listed(*card, channel).front();
    require(card->verify_pin(channel, pin()));
    (void)channel.spent();
    check_signature(*card, channel, slot);
    BOOST_TEST(channel.sent(0xC2) == 2U);
    BOOST_TEST(channel.sent(0x5A) == 1U);
    BOOST_TEST(channel.commands.size() == 3U);
}

BOOST_DATA_TEST_CASE(a_certificate_that_is_cut_short_hides_only_itself, families) {
    ChipChannel channel(sample.card + ",cut=200");
    auto card = recognised(channel);
    BOOST_TEST(listed(*card, channel).empty());
    require(card->verify_pin(channel, pin()));
}

BOOST_DATA_TEST_CASE(another_program_that_resets_the_card_costs_a_login_and_no_try, families) {
    ChipChannel channel(sample.card);
    auto card = recognised(channel);
    const auto slot = listed(*card, channel).front();
    require(card->verify_pin(channel, pin()));
    channel.reset();
    BOOST_TEST(is(sign(*card, channel, slot).error(), card_errc::pin_needed));
    require(card->verify_pin(channel, pin()));
    check_signature(*card, channel, slot);
    BOOST_TEST(card->pin_status(channel)->tries_left.value_or(3) == 3U);
}

BOOST_AUTO_TEST_CASE(a_university_card_without_any_of_the_applications_is_no_error_and_costs_little) {
    for (const std::string atr :
         {"3B6F00008066B0070101770753023110829000", "3B6F00008066B0070101070753023110829000",
          "3B6800008066B00701010707", "3B8F80018066B00701010707530231108290003D"}) {
        ChipChannel channel("unknown:atr=" + atr);
        const auto card = recognise(channel, channel.atr(), profile::built_in());
        BOOST_TEST_REQUIRE(is(card.error(), card_errc::not_recognised));
        BOOST_TEST(channel.sent(0xA4) == channel.commands.size());
        BOOST_TEST(channel.commands.size() <= 8U);
        // Three names of the Classic applet, and SafeSign's where that may be, before anything else.
        const bool r7 = atr.find("07010107") != std::string::npos;
        const std::vector<std::string> names{"A0000000180E000001634200", "A0000000180F000001634200",
                                             "A0000000180C000001634200", "A000000063504B43532D3135"};
        for (std::size_t i = 0; i < (r7 ? 4U : 3U); ++i)
            BOOST_TEST(to_hex(ByteView(channel.commands[i]).subspan(5, 12)) == names[i]);
    }
}

BOOST_DATA_TEST_CASE(whatever_a_file_answers_reading_ends, families) {
    for (const std::uint8_t filler : Bytes{0x00, 0x30, 0xA1, 0xFF}) {
        ChipChannel channel(sample.card);
        auto card = recognised(channel);
        channel.meddle = [&](ByteView command, Bytes& answer) {
            if (command[1] == 0xB0 && answer.size() > 2) std::fill(answer.begin(), answer.end() - 2, filler);
        };
        (void)channel.spent();
        (void)card->directory(channel);
        BOOST_TEST(channel.spent() < 400U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
