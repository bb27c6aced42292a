// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Entries of the directory files a card was personalised with (PKCS #15 v1.1, 6.3 and 6.6; ISO/IEC 7816-15),
// written here apart from what reads them.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::practice::files {

struct KeyEntry {
    std::string_view label;
    Bytes id;
    std::uint8_t auth_id = 0;
    std::uint8_t reference = 0;
    Bytes path{};                  // of the key; may be empty
    unsigned modulus_length = 0;   // as it is written, whatever it counts
    bool empty_subclass = false;   // [0] without anything in it
    bool without_sequence = false; // [1] holds path and length themselves
};

struct CertificateEntry {
    std::string_view label;
    Bytes id;
    Bytes path;
    std::size_t length = 0; // 0: not told
    bool empty_subclass = false;
    bool without_sequence = false;
};

[[nodiscard]] Bytes encode(const KeyEntry& entry);
[[nodiscard]] Bytes encode(const CertificateEntry& entry);

// A file of this size, with zeros behind what is in it; larger if that does not fit.
[[nodiscard]] Bytes padded_file(Bytes content, std::size_t size);

} // namespace acredita::practice::files
