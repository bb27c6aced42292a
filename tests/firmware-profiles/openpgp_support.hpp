// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the specs of OpenPGP cards share: the factory's passwords and a key brought in.
#pragma once

#include "openpgp_channel.hpp"
#include "openssl_keys.hpp"

#include <boost/test/unit_test.hpp>

namespace acredita::tests::openpgp {

inline constexpr card::Algorithm rsa2048{card::KeyType::rsa, 2048};
inline constexpr card::Algorithm p256{card::KeyType::ec, 256};
inline constexpr card::KeyReference for_signatures = 1, for_decryption = 2, for_authentication = 3;
inline const std::vector<std::string> firmwares{"standard", "smartpgp", "yubikey", "gnuk"};

inline ByteView pin() { return as_bytes("123456"); }
inline ByteView admin_pin() { return as_bytes("12345678"); }
inline const Bytes& hash() {
    static const Bytes value(32, 0x5A);
    return value;
}
inline Bytes digest_info() {
    return concat({from_hex("3031300D060960864801650304020105000420").value(), hash()});
}

template <class T>
void require(const Result<T>& result) {
    BOOST_REQUIRE_MESSAGE(result, (result ? "" : describe(result.error())));
}

// Recognised and named, as every program does it first: SELECT and, once, the application related data.
inline std::unique_ptr<card::Card> recognised(OpenPgpChannel& channel) {
    auto card = card::recognise(channel, channel.atr(), profile::built_in());
    require(card);
    require((*card)->identity(channel));
    return std::move(*card);
}

// The certificate that was stored.
inline Bytes load(card::Card& card, OpenPgpChannel& channel, card::KeyReference place, const OpenSslKey& key,
                  const card::Algorithm& algorithm, std::size_t certificate_size = 0) {
    if (!card.admin_authenticated()) require(card.authenticate_admin(channel, admin_pin()));
    auto certificate = certificate_of(key, "Prueba", certificate_size);
    require(card.store_certificate(channel, place, certificate));
    require(card.import_key(channel, place, parts_of(key, algorithm), card::PinPolicy::card_default));
    return certificate;
}

inline Result<ZeroingBytes> sign(card::Card& card, OpenPgpChannel& channel, card::KeyReference place,
                                 const card::Algorithm& algorithm, ByteView given_pin = {}) {
    const bool rsa = algorithm.type == card::KeyType::rsa;
    return card.operate(channel, place, algorithm, rsa ? card::Operation::rsa_pkcs1 : card::Operation::ecdsa,
                        rsa ? digest_info() : hash(), given_pin);
}

inline void check_signature(card::Card& card, OpenPgpChannel& channel, card::KeyReference place,
                            ByteView info, const card::Algorithm& algorithm, ByteView given_pin = {}) {
    const auto signature = sign(card, channel, place, algorithm, given_pin);
    require(signature);
    BOOST_TEST(verifies(info, hash(), {signature->data(), signature->size()}, algorithm.type));
}

} // namespace acredita::tests::openpgp
