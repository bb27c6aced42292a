// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The words that profiles, dialects and cards share: kinds of key, policies, places. Plain values, nobody
// owns them.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace acredita::card {

enum class KeyType : std::uint8_t { rsa, ec };

struct Algorithm {
    KeyType type = KeyType::rsa;
    unsigned bits = 0; // RSA: of the modulus; EC: of the field
    friend bool operator==(const Algorithm&, const Algorithm&) = default;
};

enum class PinPolicy : std::uint8_t { card_default, never, once, always };

// A place for one key pair and its certificate. The reference is the card's own (PIV: 9A, 9C, 82 ...).
using KeyReference = std::uint8_t;

struct PinRules { // what VERIFY accepts; a PIN outside these never reaches the card
    std::size_t min = 4, max = 8;
    bool digits_only = false;
};

// What the private operation is given: the profile says which of them a card can do.
enum class Operation : std::uint8_t {
    rsa_raw,     // data: one block of the size of the modulus, padded by us; answer: one block
    rsa_pkcs1,   // data: DigestInfo, padded by the card
    ecdsa,       // data: the hash, at most the field's size; answer: r || s, each of the field's size
    ecdh,        // data: the other's point, uncompressed; answer: the x coordinate
    rsa_decrypt, // data: one block; answer: what PKCS #1 v1.5 padding was around
    rsa_pss,     // data: the hash; salt as long as it, the same hash in MGF1
    ecdsa_sha1,  // data: the message, which the card hashes itself
};

} // namespace acredita::card
