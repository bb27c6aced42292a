// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a profile says about a card with an ISO 7816-4 file system and a PKCS#15 directory in it: [pkcs15] and
// [environment] of the TOML. Views, as in profile.hpp.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::profile {

// File identifiers; 0: not known before the card is asked.
struct Pkcs15Table {
    ByteView home{};             // the directory's DF: every identifier from the MF (3F00) on
    ByteView application_name{}; // of that DF, and in EF(DIR)
    std::uint16_t odf = 0, token_info = 0;
    // Where they are expected. A file that is not there is looked up in the ODF.
    std::uint16_t pins = 0, private_keys = 0, public_keys = 0, certificates = 0;
    std::uint16_t public_key_files = 0; // the first of those for public keys
    std::size_t directory_size = 512;   // of a directory file that is made, in bytes
    ByteView open_conditions{};         // tag 86 of files that everybody may read and write
    ByteView guarded_conditions{};      // of those that everybody may read and the user may write
    ByteView home_conditions{};         // of the DF
    ByteView pin_id{};                  // the PIN's identifier in entries that need it
};

// Algorithm bytes of MANAGE SECURITY ENVIRONMENT (tag 80). 0: the card has none.
struct Environment {
    std::uint8_t rsa_pkcs1 = 0, rsa_pss = 0, ecdsa = 0, rsa_decrypt = 0;
};

} // namespace acredita::profile
