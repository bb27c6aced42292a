// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cards that lie: cut, inflated and senseless answers end in a named error, and no try is spent on them.
#include "firmware-profiles/dialect/openpgp_import.hpp"
#include "firmware-profiles/dialect/openpgp_pin.hpp"
#include "openpgp_support.hpp"

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests::openpgp;
using tests::OpenPgpChannel;

namespace {

bool asks(ByteView command, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2) {
    return command[1] == ins && command[2] == p1 && command[3] == p2;
}

Bytes application_data() {
    OpenPgpChannel channel("standard");
    const auto card = recognised(channel);
    const Bytes get{0x00, 0xCA, 0x00, 0x6E, 0x00};
    const auto answer = channel.transmit({.bytes = get}).value();
    return {answer.begin(), answer.end() - 2};
}

} // namespace

BOOST_AUTO_TEST_SUITE(an_openpgp_card_that_lies)

BOOST_AUTO_TEST_CASE(about_itself_in_any_cut_or_changed_byte_is_bounded) {
    const auto whole = application_data();
    BOOST_REQUIRE(dialect::openpgp::parse_application_data(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        (void)dialect::openpgp::parse_application_data(ByteView(whole).first(size));
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const int value : {0x00, 0x7F, 0x80, 0x84, 0xFF}) {
            auto changed = whole;
            changed[at] = static_cast<std::uint8_t>(value);
            const auto data = dialect::openpgp::parse_application_data(changed);
            if (data)
                for (const auto& key : data->keys) (void)dialect::openpgp::algorithm_of(key.attributes);
        }
}

BOOST_AUTO_TEST_CASE(about_the_derivation_of_passwords_gets_none) {
    using dialect::openpgp::parse_derivation;
    for (const auto* text : {"810104", "810103", "810103820109830400000100840800000000000000FF",
                             "8101038201088304FFFFFFFF84080000000000000000", "810103820108830400000100840100",
                             "8101038201088303000100840800000000000000FF"})
        BOOST_TEST(!parse_derivation(from_hex(text).value()));
    BOOST_TEST(!parse_derivation(from_hex("810100").value())->active);
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    channel.lie = [](ByteView command, Bytes& answer) {
        if (asks(command, 0xCA, 0x00, 0xF9)) answer = from_hex("8101039000").value();
    };
    BOOST_TEST(is(card->verify_pin(channel, pin()).error(), card_errc::answer_malformed));
    BOOST_TEST((card->pin_status(channel)->tries_left == 3U));
}

BOOST_AUTO_TEST_CASE(about_its_application_is_not_recognised_or_not_used) {
    OpenPgpChannel channel("standard");
    channel.lie = [](ByteView command, Bytes& answer) {
        if (asks(command, 0xCA, 0x00, 0x6E)) answer = from_hex("6E0A4F08D276000124010304 9000").value();
    };
    auto card = recognise(channel, channel.atr(), profile::built_in());
    if (!card) return;
    BOOST_TEST(!(*card)->identity(channel));
    BOOST_TEST(!(*card)->verify_pin(channel, pin()));
}

BOOST_AUTO_TEST_CASE(about_a_certificate_shows_none) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(rsa2048), rsa2048);
    for (const auto* lie : {"9000", "30039000", "FFFFFFFFFF9000", "6F00", "30820FFF01029000"}) {
        channel.lie = [&](ByteView command, Bytes& answer) {
            if (asks(command, 0xCA, 0x7F, 0x21)) answer = from_hex(lie).value();
        };
        auto fresh = recognised(channel);
        const auto slots = fresh->directory(channel);
        require(slots);
        BOOST_TEST_REQUIRE(slots->size() == 1U); // the key is there all the same
        BOOST_TEST(slots->front().certificate.empty());
        BOOST_TEST(slots->front().public_key.has_value());
    }
}

BOOST_AUTO_TEST_CASE(in_a_signature_is_found_out) {
    OpenPgpChannel channel("standard");
    auto card = recognised(channel);
    load(*card, channel, for_authentication, tests::new_key(p256), p256);
    require(card->verify_pin(channel, pin()));
    for (const auto* lie : {"9000", "019000", "01029000"}) {
        channel.lie = [&](ByteView command, Bytes& answer) {
            if (command[1] == 0x88) answer = from_hex(lie).value();
        };
        const auto signature = sign(*card, channel, for_authentication, p256);
        if (signature) BOOST_TEST(signature->size() == 64U);
    }
    channel.lie = [](ByteView command, Bytes& answer) {
        if (command[1] == 0x88) answer = concat({Bytes(300, 0x11), Bytes{0x90, 0x00}});
    };
    BOOST_TEST(is(sign(*card, channel, for_authentication, p256).error(), card_errc::answer_malformed));
}

BOOST_AUTO_TEST_CASE(and_shows_attributes_nobody_knows_takes_no_key) {
    OpenPgpChannel channel("standard");
    channel.lie = [](ByteView command, Bytes& answer) {
        if (!asks(command, 0xCA, 0x00, 0x6E)) return;
        for (std::size_t i = 0; i + 2 < answer.size(); ++i) // C1..C3: Ed25519 as nobody writes it
            if (answer[i] >= 0xC1 && answer[i] <= 0xC3 && answer[i + 1] == 6) answer[i + 2] = 0x16;
    };
    auto card = recognised(channel);
    require(card->authenticate_admin(channel, admin_pin()));
    const auto key = tests::new_key(rsa2048);
    const auto taken =
        card->import_key(channel, for_authentication, tests::parts_of(key, rsa2048), PinPolicy::card_default);
    if (!taken) BOOST_TEST(error_name(taken.error().code).starts_with("card."));
}

BOOST_AUTO_TEST_CASE(that_is_not_activated_is_no_card_of_ours) {
    OpenPgpChannel channel({{"firmware", "standard"}, {"blank", ""}});
    const auto card = recognise(channel, channel.atr(), profile::built_in());
    BOOST_TEST_REQUIRE(!card);
    BOOST_TEST(is(card.error(), card_errc::not_recognised));
}

BOOST_AUTO_TEST_SUITE_END()
