// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The table [openpgp] of a profile: how this card spells the attributes of a key (OpenPGP card 3.4, 4.4.3.9)
// of a kind that no place of it shows. Where the card shows a pattern, the pattern is followed.
#pragma once

#include <cstdint>

namespace acredita::profile {

enum class ImportFormat : std::uint8_t { standard = 0, standard_n = 1, crt = 2, crt_n = 3 };

struct OpenPgpKeys {
    std::uint16_t exponent_bits = 32;             // length of the public exponent that is declared and sent
    ImportFormat format = ImportFormat::standard; // of RSA keys
    bool public_point = false;                    // elliptic curves: FF at the end, the point comes along
};

} // namespace acredita::profile
