// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The cards a practice OpenPGP card can be, as values. Source: Functional Specification of the OpenPGP
// application on ISO Smart Card Operating Systems, version 3.4 (below: 3.4), and what each maker declares.
#pragma once

#include "tools/practice/card/transport.hpp"

#include <string_view>

namespace acredita::practice::openpgp {

// 3.4, 4.4.3.9: how a private RSA key comes in.
enum class ImportFormat : std::uint8_t { standard = 0, standard_n = 1, crt = 2, crt_n = 3 };

struct Firmware {
    std::string_view name;
    std::string_view atr;        // hexadecimal
    std::string_view historical; // DO 5F52, hexadecimal, in the operational state
    std::uint16_t version = 0x0304;
    std::uint16_t manufacturer = 0;
    std::size_t max_certificate = 2048;
    std::size_t max_special = 255;
    std::uint16_t max_challenge = 255;
    std::uint16_t exponent_bits = 32;
    ImportFormat format = ImportFormat::standard;
    bool point_with_scalar = false; // attributes of EC keys may end in FF: the public key comes along
    bool large_rsa = true;          // 3072 and 4096
    bool p384 = true;
    bool wrong_pin_6982 = false;           // no 63Cx: C4 has to be read
    bool select_data = true;               // three certificates, otherwise one
    bool length_information = true;        // 7F66
    bool key_information = true;           // DE
    bool bare_cardholder = false;          // 65 without its own tag and length
    bool known_hashes_only = false;        // DigestInfo of SHA-256, -384 or -512, nothing else
    bool new_key_ends_certificate = false; // attributes, import and generation empty the whole place
    TransportRules transport{};
};

// nullptr if there is none of that name: standard, smartpgp, yubikey, gnuk.
[[nodiscard]] const Firmware* find_firmware(std::string_view name);

} // namespace acredita::practice::openpgp
