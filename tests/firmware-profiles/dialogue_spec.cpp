// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Dialogues written down from the documents, byte for byte, and cards that answer nonsense.
#include "firmware-profiles/card/card.hpp"
#include "tests/support/replay_channel.hpp"

#include <fstream>
#include <functional>
#include <sstream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using tests::ReplayChannel;

namespace {

const Bytes yubikey5 = from_hex("3BFD1300008131FE158073C021C057597562694B657940").value();
const Bytes yubikey4 = from_hex("3BF81300008131FE15597562696B657934D4").value();
const Bytes token2 = from_hex("3B8F8001544B0050495604023838383838383860").value();

std::string transcript(const std::string& name) {
    std::ifstream in(std::string(ACREDITA_TRANSCRIPTS) + "/" + name);
    std::ostringstream text;
    text << in.rdbuf();
    BOOST_REQUIRE(!text.str().empty());
    return text.str();
}

std::unique_ptr<Card> recognised(Channel& channel, ByteView atr) {
    auto card = recognise(channel, atr, profile::built_in());
    BOOST_REQUIRE_MESSAGE(card, (card ? "" : describe(card.error())));
    return std::move(*card);
}

// Answers by a rule, for as long as it is asked.
class RuleChannel final : public Channel {
public:
    explicit RuleChannel(std::function<Bytes(ByteView)> rule) : rule_(std::move(rule)) {}
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        ++exchanges;
        const Bytes selected = from_hex("61114F0600001000010079074F05A0000003089000").value();
        const auto answer = frame.bytes[1] == 0xA4 ? selected : rule_(frame.bytes);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return Protocol::t1; }
    std::size_t exchanges = 0;

private:
    std::function<Bytes(ByteView)> rule_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(card_dialogues)

BOOST_AUTO_TEST_CASE(an_empty_card_is_listed_byte_for_byte) {
    ReplayChannel channel(transcript("piv-directory-yubikey.txt"));
    auto card = recognised(channel, yubikey5);
    const auto identity = card->identity(channel);
    BOOST_TEST_REQUIRE(identity.has_value());
    BOOST_TEST(identity->serial == "10597059");
    const auto slots = card->directory(channel);
    BOOST_TEST(slots.has_value(), channel.complaint());
    BOOST_TEST(slots->empty());
    BOOST_TEST(channel.finished(), channel.complaint());
}

BOOST_AUTO_TEST_CASE(pins_are_padded_and_joined_byte_for_byte) {
    ReplayChannel channel(transcript("piv-pin.txt"));
    auto card = recognised(channel, yubikey4);
    const auto before = card->pin_status(channel);
    BOOST_TEST((before && before->tries_left == 3U && !before->verified));
    BOOST_TEST(card->verify_pin(channel, as_bytes("123456")).has_value());
    const auto after = card->pin_status(channel);
    BOOST_TEST((after && !after->tries_left && after->verified));
    BOOST_TEST(card->change_pin(channel, as_bytes("123456"), as_bytes("6543210")).has_value());
    BOOST_TEST(!card->pin_verified());
    BOOST_TEST(card->unblock_pin(channel, as_bytes("12345678"), as_bytes("123456")).has_value());
    const auto wrong = card->verify_pin(channel, as_bytes("123456"));
    BOOST_TEST_REQUIRE(!wrong.has_value());
    BOOST_TEST(is(wrong.error(), card_errc::pin_incorrect));
    BOOST_TEST(wrong.error().detail == "2");
    BOOST_TEST(channel.finished(), channel.complaint());
}

BOOST_AUTO_TEST_CASE(a_pin_the_card_would_not_take_is_never_sent) {
    RuleChannel channel([](ByteView) { return Bytes{0x90, 0x00}; });
    auto card = recognised(channel, yubikey4);
    const auto before = channel.exchanges;
    const Bytes with_filler{0x31, 0x32, 0x33, 0x34, 0x35, 0xFF};
    for (const auto pin : {as_bytes(""), as_bytes("12345"), as_bytes("123456789"), ByteView(with_filler)}) {
        BOOST_TEST(is(card->verify_pin(channel, pin).error(), card_errc::pin_malformed));
        BOOST_TEST(is(card->change_pin(channel, as_bytes("123456"), pin).error(), card_errc::pin_malformed));
        BOOST_TEST(is(card->change_pin(channel, pin, as_bytes("123456")).error(), card_errc::pin_malformed));
        BOOST_TEST(
            is(card->unblock_pin(channel, as_bytes("12345678"), pin).error(), card_errc::pin_malformed));
        BOOST_TEST(is(card->unblock_pin(channel, pin, as_bytes("123456")).error(), card_errc::pin_malformed));
    }
    BOOST_TEST(channel.exchanges == before);
    RuleChannel generic([](ByteView) { return Bytes{0x90, 0x00}; });
    auto digits = recognised(generic, Bytes{0x3B, 0x00});
    BOOST_TEST(is(digits->verify_pin(generic, as_bytes("12345a")).error(), card_errc::pin_malformed));
    BOOST_TEST(generic.exchanges == 1U);
}

BOOST_AUTO_TEST_CASE(a_selection_lost_to_another_program_is_won_back) {
    ReplayChannel channel(transcript("piv-lost-selection.txt"));
    auto card = recognised(channel, yubikey5);
    const auto status = card->pin_status(channel);
    BOOST_TEST_REQUIRE(status.has_value(), channel.complaint());
    BOOST_TEST((status->tries_left == 2U && status->tries_total == 3U && status->factory == Known::yes));
    BOOST_TEST(channel.finished(), channel.complaint());
}

BOOST_AUTO_TEST_CASE(after_a_broken_chain_the_application_is_selected_again) {
    ReplayChannel channel(transcript("piv-broken-chain.txt"));
    auto card = recognised(channel, token2);
    const auto stored = card->store_certificate(channel, 0x9A, Bytes(1600, 0x30));
    BOOST_TEST_REQUIRE(!stored.has_value());
    BOOST_TEST(is(stored.error(), card_errc::write_failed));
    BOOST_TEST(channel.finished(), channel.complaint());
}

BOOST_AUTO_TEST_CASE(a_failed_exchange_leaves_no_login_and_no_selection_believed) {
    ReplayChannel channel("> 00 A4 04 00 05 A0 00 00 03 08 00\n< 61 00 90 00\n"
                          "> 00 20 00 80 08 31 32 33 34 35 36 FF FF\n< 90 00\n> 00 20 00 80\n# error torn\n"
                          "> 00 A4 04 00 05 A0 00 00 03 08 00\n< 61 00 90 00\n> 00 20 00 80\n< 63 C3\n");
    auto card = recognised(channel, yubikey4);
    BOOST_TEST(card->verify_pin(channel, as_bytes("123456")).has_value());
    BOOST_TEST(!card->pin_status(channel).has_value());
    BOOST_TEST(!card->pin_verified());
    BOOST_TEST(card->pin_status(channel).has_value());
    BOOST_TEST(channel.finished(), channel.complaint());
}

BOOST_AUTO_TEST_CASE(a_card_that_does_not_prove_it_knows_the_administration_key_is_not_believed) {
    RuleChannel channel([](ByteView command) {
        return from_hex(command.size() < 20 ? "7C0A800801020304050607089000" : "7C0A820801020304050607089000")
            .value();
    });
    auto card = recognised(channel, yubikey4);
    const auto done = card->authenticate_admin(channel, Bytes(24, 0x11));
    BOOST_TEST(is(done.error(), card_errc::admin_key_wrong));
    BOOST_TEST(!card->admin_authenticated());
}

BOOST_AUTO_TEST_CASE(a_login_lost_with_the_selection_is_named_and_the_command_not_repeated) {
    bool foreign = false;
    std::size_t signatures = 0;
    RuleChannel channel([&](ByteView command) {
        signatures += command[1] == 0x87 ? 1U : 0U;
        return foreign && command[1] == 0x87 ? Bytes{0x6D, 0x00} : Bytes{0x90, 0x00};
    });
    auto card = recognised(channel, yubikey4);
    BOOST_TEST(card->verify_pin(channel, as_bytes("123456")).has_value());
    foreign = true;
    const auto signature =
        card->operate(channel, 0x9A, {KeyType::ec, 256}, Operation::ecdsa, Bytes(32, 1), {});
    BOOST_TEST(is(signature.error(), card_errc::pin_needed));
    BOOST_TEST(signatures == 1U);
}

BOOST_AUTO_TEST_CASE(nonsense_is_survived_in_few_exchanges) {
    const std::vector<std::pair<std::string, std::function<Bytes(ByteView)>>> rules{
        {"endless announcements",
         [](ByteView) {
             return Bytes{0x61, 0xFF};
         }},
        {"endless data",
         [](ByteView) {
             return concat({Bytes(255, 0x53), Bytes{0x61, 0x00}});
         }},
        {"a length that lies",
         [](ByteView) { return Bytes{0x53, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x90, 0x00}; }},
        {"a huge object",
         [](ByteView) {
             return concat({Bytes(65000, 0x70), Bytes{0x90, 0x00}});
         }},
        {"nothing",
         [](ByteView) {
             return Bytes{0x90, 0x00};
         }},
        {"another tag",
         [](ByteView) {
             return Bytes{0x30, 0x00, 0x90, 0x00};
         }},
        {"an inner length that lies",
         [](ByteView) { return Bytes{0x53, 0x03, 0x70, 0x7F, 0x00, 0x90, 0x00}; }},
        {"wrong length for ever",
         [](ByteView) {
             return Bytes{0x6C, 0x10};
         }},
    };
    for (const auto& [name, rule] : rules) {
        BOOST_TEST_CONTEXT(name) {
            RuleChannel channel(rule);
            auto card = recognised(channel, yubikey5);
            (void)card->identity(channel);
            const auto slots = card->directory(channel);
            BOOST_TEST((!slots || slots->empty()));
            (void)card->slot(channel, 0x9A);
            BOOST_TEST(
                !card->operate(channel, 0x9A, {KeyType::rsa, 2048}, Operation::rsa_raw, Bytes(256), {}));
            BOOST_TEST(!card->generate_key(channel, 0x9A, {KeyType::rsa, 2048}, PinPolicy::once));
            BOOST_TEST(!card->authenticate_admin(channel, Bytes(24)));
            BOOST_TEST(channel.exchanges < 5000U);
        }
    }
}

BOOST_AUTO_TEST_CASE(data_that_do_not_fit_the_operation_are_never_sent) {
    RuleChannel channel([](ByteView) { return Bytes{0x90, 0x00}; });
    auto card = recognised(channel, yubikey5);
    const auto before = channel.exchanges;
    const Algorithm rsa{KeyType::rsa, 2048}, ec{KeyType::ec, 256}, odd{KeyType::rsa, 2047};
    BOOST_TEST(is(card->operate(channel, 0x9A, rsa, Operation::rsa_raw, Bytes(255), {}).error(),
                  card_errc::data_refused));
    BOOST_TEST(is(card->operate(channel, 0x9A, ec, Operation::ecdsa, Bytes(33), {}).error(),
                  card_errc::data_refused));
    BOOST_TEST(
        is(card->operate(channel, 0x9A, ec, Operation::ecdsa, {}, {}).error(), card_errc::data_refused));
    BOOST_TEST(is(card->operate(channel, 0x9A, ec, Operation::ecdh, Bytes(64), {}).error(),
                  card_errc::data_refused));
    BOOST_TEST(is(card->operate(channel, 0x9A, rsa, Operation::rsa_pkcs1, Bytes(51), {}).error(),
                  card_errc::not_supported));
    BOOST_TEST(is(card->operate(channel, 0x9A, odd, Operation::rsa_raw, Bytes(256), {}).error(),
                  card_errc::algorithm_not_supported));
    BOOST_TEST(is(card->operate(channel, 0x55, rsa, Operation::rsa_raw, Bytes(256), {}).error(),
                  card_errc::key_not_found));
    BOOST_TEST(is(card->store_certificate(channel, 0x9A, Bytes(3001)).error(), card_errc::object_too_large));
    PrivateKey key{.type = KeyType::rsa, .bits = 2048, .exponent = Bytes{0x03}};
    BOOST_TEST(is(card->import_key(channel, 0x9A, key, PinPolicy::once).error(),
                  card_errc::algorithm_not_supported));
    BOOST_TEST(channel.exchanges == before);
}

BOOST_AUTO_TEST_SUITE_END()
