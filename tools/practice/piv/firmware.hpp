// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The firmwares a practice PIV card can have, as values. Sources: NIST SP 800-73-4 and 800-78-4, Yubico's
// published command set, PivApplet's documentation.
#pragma once

#include "tools/practice/card/transport.hpp"

#include <array>
#include <string_view>

namespace acredita::practice::piv {

// Algorithm identifiers, SP 800-78-4 table 6-2, 800-78-5 (05), Yubico (16).
enum Algorithm : std::uint8_t {
    triple_des = 0x03,
    rsa3072 = 0x05,
    rsa1024 = 0x06,
    rsa2048 = 0x07,
    aes128 = 0x08,
    aes192 = 0x0A,
    aes256 = 0x0C,
    p256 = 0x11,
    p384 = 0x14,
    rsa4096 = 0x16
};

struct Firmware {
    std::string_view name;
    std::string_view atr;                  // T=1, hexadecimal
    std::string_view label;                // in the answer to SELECT; empty: the short answer of a YubiKey
    std::array<std::uint8_t, 3> version{}; // answer to FD
    bool yubico = true;                    // FD, FE, FF, FA, FB
    bool import = true;                    // FE
    bool metadata = true;                  // F7
    bool metadata_of_imported = true;      // otherwise 6F00
    bool serial = true;                    // F8
    bool move = false;                     // F6
    bool policies = true;                  // AA and AB
    bool digits_only = false;              // PINs and PUKs are checked to be digits
    bool wipes_when_blocked = false;       // private keys go when PIN and PUK are both blocked
    bool narrow_objects = false;           // PUT DATA to 5FC100-5FC117 and 5FFF00-5FFF01 only
    std::uint8_t last_retired = 0x95;
    std::uint8_t last_touch = 3; // highest touch policy
    std::uint8_t admin_algorithm = triple_des;
    bool aes = true;        // the administration key may be AES
    bool large_rsa = false; // 3072 and 4096
    bool p384 = true;
    bool selected_at_reset = false;
    unsigned pin_tries = 3;
    unsigned puk_tries = 3;
    std::size_t object_limit = 3052;
    TransportRules transport{};
};

// nullptr if there is none of that name: 4.3, 5.4, 5.7, pivapplet, noimport, nist.
[[nodiscard]] const Firmware* find_firmware(std::string_view name);

// Bytes of the modulus or of a coordinate; 0 for what is no asymmetric algorithm of this firmware.
[[nodiscard]] std::size_t key_size(const Firmware& firmware, std::uint8_t algorithm);
[[nodiscard]] bool is_rsa(std::uint8_t algorithm);

} // namespace acredita::practice::piv
