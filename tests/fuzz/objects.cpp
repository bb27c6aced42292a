// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Directory, metadata and every verb of a PIV card, below each built-in profile, whatever the card says.
#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/dialect/metadata.hpp"
#include "firmware-profiles/dialect/piv_objects.hpp"
#include "tests/fuzz/scripted_card.hpp"

using namespace acredita;
using namespace acredita::fuzz;

namespace {

card::PrivateKey curve_key() {
    card::PrivateKey key;
    key.type = card::KeyType::ec;
    key.bits = 256;
    key.d = Secret(ByteView(Bytes(32, 0x11)));
    return key;
}

void verb(card::PivCard& card, Channel& channel, Feed& verbs) {
    const auto which = verbs.byte();
    const auto place = static_cast<card::KeyReference>(verbs.byte() % 0x22U + 0x80U);
    const bool rsa = (which & 0x80U) == 0;
    const card::Algorithm algorithm =
        rsa ? card::Algorithm{card::KeyType::rsa, 2048} : card::Algorithm{card::KeyType::ec, 256};
    const auto operation = rsa ? card::Operation::rsa_raw : card::Operation::ecdsa;
    const Bytes block(rsa ? 256 : 32, 0x01);
    const auto pin = as_bytes("123456"), puk = as_bytes("12345678");
    switch (which & 0x1FU) {
    case 0:
        (void)card.directory(channel);
        break;
    case 1:
        (void)card.slot(channel, place);
        break;
    case 2:
        if (const auto identity = card.identity(channel))
            require(identity->serial.size() <= 16, "a serial number has sixteen characters at most");
        break;
    case 3:
        (void)card.pin_status(channel);
        break;
    case 4:
        (void)card.puk_status(channel);
        break;
    case 5: {
        const bool verified = card.verify_pin(channel, pin).has_value();
        require(card.pin_verified() == verified, "a PIN is verified if, and only if, the card said so");
        break;
    }
    case 6:
        (void)card.change_pin(channel, pin, pin);
        break;
    case 7:
        (void)card.unblock_pin(channel, puk, pin);
        break;
    case 8: {
        const bool proven = card.authenticate_admin(channel, Bytes(24, 1)).has_value();
        require(!proven, "no card guesses what our witness was"); // it would have to know the key
        break;
    }
    case 9:
        (void)card.logout(channel);
        break;
    case 10:
        if (const auto signature = card.operate(channel, place, algorithm, operation, block, {}))
            require(signature->size() == (rsa ? 256U : 64U), "a result has the width of its key");
        break;
    case 11:
        (void)card.operate(channel, place, algorithm, operation, block, pin);
        break;
    case 12:
        (void)card.try_operate(channel, place, algorithm, operation, block);
        break;
    case 13:
        (void)card.check_import(channel, algorithm);
        break;
    case 14:
        (void)card.import_key(channel, place, curve_key(), card::PinPolicy::once);
        break;
    case 15:
        if (const auto key = card.generate_key(channel, place, algorithm, card::PinPolicy::once))
            require(key->type == algorithm.type && key->bits == algorithm.bits, "the key that was asked for");
        break;
    case 16:
        (void)card.store_certificate(channel, place, Bytes(1500, 0x30));
        break;
    case 17:
        (void)card.delete_certificate(channel, place);
        break;
    case 18:
        (void)card.delete_key(channel, place);
        break;
    case 19:
        card.remember({{.reference = place, .certificate = copy(verbs.chunk())}});
        break;
    case 20:
        (void)card.recall(channel, place);
        break;
    default:
        card.forget();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const auto profiles = profile::built_in();
    const auto& profile = profiles[feed.byte() % profiles.size()];
    if (const auto metadata = dialect::parse_metadata({data, size}, profile))
        if (metadata->public_key) require(metadata->public_key->bits <= 16384, "a key has a size");
    (void)dialect::parse_public_key({data, size});
    Feed verbs(feed.bytes(feed.byte()));
    ScriptedCard scripted(feed, most_in_one_call + stops_soon);
    card::PivCard card(profile, verbs.flag());
    for (int i = 0; i < 16 && !verbs.empty(); ++i) {
        scripted.renew();
        verb(card, scripted, verbs);
    }
    return 0;
}
