// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/openpgp/firmware.hpp"

namespace acredita::practice::openpgp {

namespace {

constexpr Firmware firmwares[] = {
    // A card that is what the document says, as ZeitControl makes them for Nitrokey: extended length, no
    // chain.
    {.name = "standard",
     .atr = "3BDA18FF81B1FE751F030031F573C001600090001C",
     .historical = "0031F573C00160059000",
     .manufacturer = 0x000F,
     .transport = {.max_command = 2048}},
    // SmartPGP says that it knows chains only, and takes extended commands all the same. A chain that
    // outgrows its buffer is answered 6581, and what comes behind counts as a chain of its own.
    {.name = "smartpgp",
     .atr = "3BFA1300008131FE454A434F503234325233A2",
     .historical = "00C1C573C00180059000",
     .manufacturer = 0xAFAF,
     .max_certificate = 0x480,
     .max_challenge = 0x20,
     .exponent_bits = 17,
     .format = ImportFormat::crt_n,
     .point_with_scalar = true,
     .large_rsa = false,
     .wrong_pin_6982 = true,
     .length_information = false,
     .bare_cardholder = true,
     .known_hashes_only = true,
     .new_key_ends_certificate = true,
     .transport = {.max_command = 944, .too_long = 0x6581}},
    {.name = "yubikey",
     .atr = "3BFD1300008131FE158073C021C057597562694B657940",
     .historical = "00730000E0059000",
     .manufacturer = 0x0006,
     .max_certificate = 0x0BFE,
     .max_challenge = 0x0BFE,
     .exponent_bits = 17,
     .wrong_pin_6982 = true,
     .transport = {.max_command = 3062}},
    // Of version 2, on a microcontroller: short commands, one certificate, no P-384.
    {.name = "gnuk",
     .atr = "3BDA11FF81B1FE551F0300318473800180009000E4",
     .historical = "00318473800180059000",
     .version = 0x0200,
     .manufacturer = 0xF517,
     .max_challenge = 0x20,
     .large_rsa = false,
     .p384 = false,
     .wrong_pin_6982 = true,
     .select_data = false,
     .length_information = false,
     .key_information = false,
     .transport = {.extended = false, .max_command = 2048}},
};

} // namespace

const Firmware* find_firmware(std::string_view name) {
    for (const auto& one : firmwares)
        if (one.name == name) return &one;
    return nullptr;
}

} // namespace acredita::practice::openpgp
