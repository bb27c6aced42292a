// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Yubico's GET METADATA (INS F7) tells about a key or a PIN. Tags: 01 algorithm, 02 PIN and touch
// policy, 03 origin, 04 public key, 05 still the factory's, 06 tries in all and left.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

struct Metadata {
    std::optional<std::uint8_t> algorithm{};
    card::PinPolicy pin_policy = card::PinPolicy::card_default; // card_default: not said
    card::Origin origin = card::Origin::unknown;
    std::optional<card::PublicKey> public_key{};
    card::Known factory = card::Known::unknown;
    std::optional<unsigned> tries_total{}, tries_left{};
    bool unreadable = false; // there is a key, but the card cannot describe it
};

// answer_malformed for what is no TLV at all; single fields that make no sense are left out.
[[nodiscard]] Result<Metadata> parse_metadata(ByteView data, const profile::Profile& profile);

// nullopt: this card has no such command. key_not_found: it has, and there is no key.
[[nodiscard]] Result<std::optional<Metadata>> read_metadata(Application&, std::uint8_t reference);

// 81 modulus, 82 exponent, or 86 point (SP 800-73-4 part 2, table 12).
[[nodiscard]] Result<card::PublicKey> parse_public_key(ByteView fields);

} // namespace acredita::dialect
