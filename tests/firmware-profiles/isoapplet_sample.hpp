// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys, certificates and what is done with them on a practice IsoApplet, for the tests of it.
#pragma once

#include "isoapplet_channel.hpp"
#include "openssl_keys.hpp"

#include <stdexcept>

namespace acredita::tests::isoapplet {

using namespace card;

constexpr Algorithm rsa2048{KeyType::rsa, 2048}, p256{KeyType::ec, 256};
inline const Bytes hash(32, 0x5A);
inline const auto pin = as_bytes("123456");

inline practice::isoapplet::Settings version(unsigned number) {
    return {.version = number, .fresh = {.serial = 4711}};
}

struct Sample {
    tests::OpenSslKey key;
    Bytes certificate, info;
};
inline const Sample& sample(KeyType type) {
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

// Recognised, and selected: a card that answers nothing to SELECT is asked for a name nobody has, too, and
// its application selected again by the first verb.
inline std::unique_ptr<Card> recognised(IsoAppletChannel& channel) {
    auto card = recognise(channel, channel.atr(), profile::built_in()).value();
    (void)card->pin_status(channel);
    return card;
}

inline void load(Card& card, IsoAppletChannel& channel, const Algorithm& algorithm, KeyReference place = 0) {
    const auto& one = sample(algorithm.type);
    done(card.verify_pin(channel, pin));
    done(card.import_key(channel, place, tests::parts_of(one.key, algorithm), PinPolicy::card_default));
    done(card.store_certificate(channel, place, one.certificate));
}

inline Bytes signed_by(Card& card, IsoAppletChannel& channel, const Algorithm& algorithm,
                       KeyReference place = 0) {
    const bool rsa = algorithm.type == KeyType::rsa;
    // DigestInfo of SHA-256: what stands at the end of the block the host would make.
    const auto block = tests::emsa(hash, 256);
    const auto data = rsa ? copy(ByteView(block).last(51)) : hash;
    const auto answer =
        card.operate(channel, place, algorithm, rsa ? Operation::rsa_pkcs1 : Operation::ecdsa, data, {});
    done(answer);
    return {answer->begin(), answer->end()};
}

} // namespace acredita::tests::isoapplet
