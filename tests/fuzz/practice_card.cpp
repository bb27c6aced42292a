// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The practice card's own reader of commands: the fuzzer is the host. Each command is two bytes of length and
// that many bytes; FFxx is a well-made one instead: SELECT, VERIFY, the administration key's proof, a reset.
#include "pcsc/base/tlv.hpp"
#include "tests/fuzz/target.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/piv/key.hpp"

#include <nlohmann/json.hpp>

using namespace acredita;
using namespace acredita::fuzz;

namespace {

constexpr const char* cards[] = {
    "piv",    "piv:firmware=4.3", "piv:firmware=5.7",     "piv:firmware=pivapplet", "piv:firmware=nist",
    "piv:t0", "piv:extended=no",  "piv:firmware=noimport"};

Bytes ask(practice::Application& card, const Bytes& command) {
    auto answer = card.exchange(command);
    require(answer.size() >= 2 && answer.size() <= 65538, "an answer is one");
    return answer;
}

void prove_administration_key(practice::Application& card) {
    Bytes key;
    for (std::uint8_t n = 0; n < 24; ++n) key.push_back(static_cast<std::uint8_t>(n % 8 + 1));
    const auto asked = ask(card, {0x00, 0x87, 0x03, 0x9B, 0x04, 0x7C, 0x02, 0x81, 0x00});
    const auto challenge = find_tlv(asked, {0x7C, 0x81});
    if (!challenge) return;
    const auto response = practice::piv::cipher_block(practice::piv::triple_des, key, *challenge, true);
    const auto data = make_tlv(0x7C, make_tlv(0x82, {response.data(), response.size()}));
    Bytes command{0x00, 0x87, 0x03, 0x9B, static_cast<std::uint8_t>(data.size())};
    append(command, data);
    (void)ask(card, command);
}

// Making RSA keys is slow and says nothing.
bool too_slow(ByteView command) {
    if (command.size() < 5 || command[1] != 0x47) return false;
    const auto curve = [&](std::uint8_t id) {
        const Bytes wanted{0x80, 0x01, id};
        return std::search(command.begin(), command.end(), wanted.begin(), wanted.end()) != command.end();
    };
    return !curve(practice::piv::p256) && !curve(practice::piv::p384);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const auto spec = practice::parse_card(cards[feed.byte() % std::size(cards)]);
    require(spec.has_value(), "the cards of this target are spelled rightly");
    const auto card = spec->chip.make(1);
    for (int i = 0; i < 64 && !feed.empty(); ++i) {
        const auto length = feed.word();
        if (length < 0xFF00) {
            const auto command = feed.bytes(length);
            if (!too_slow(command)) (void)ask(*card, copy(command));
            continue;
        }
        switch (length & 3U) {
        case 0:
            (void)ask(*card, {0x00, 0xA4, 0x04, 0x00, 0x05, 0xA0, 0x00, 0x00, 0x03, 0x08});
            break;
        case 1:
            (void)ask(*card, {0x00, 0x20, 0x00, 0x80, 0x08, '1', '2', '3', '4', '5', '6', 0xFF, 0xFF});
            break;
        case 2:
            prove_administration_key(*card);
            break;
        default:
            card->reset();
        }
    }
    if (!card->changed()) return 0;
    const auto other = spec->chip.make(1);
    require(other->load(card->save()).has_value(), "what a card saves it can load");
    return 0;
}
