// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Algorithm attributes (3.4, 4.4.3.9) and the keys they are for, as the chip reads them.
#pragma once

#include "tools/practice/openpgp/firmware.hpp"
#include "tools/practice/piv/key.hpp"

#include <array>

namespace acredita::practice::openpgp {

using piv::Key;

enum class Use : std::uint8_t { sign, decipher, authenticate };
inline constexpr std::array uses{Use::sign, Use::decipher, Use::authenticate};

struct Algorithm {
    std::uint8_t id = 0; // for the arithmetic, see piv/key.hpp
    bool rsa = false;
    std::size_t width = 0;   // bytes of modulus or field
    bool with_point = false; // EC: the public key comes along with the private one
};

// What a fresh card has: RSA 2048.
[[nodiscard]] Bytes factory_attributes(const Firmware& firmware);
// All that may be written, for FA and for PUT DATA.
[[nodiscard]] std::vector<Bytes> possible_attributes(const Firmware& firmware, Use use);
// Of attributes that are among the possible ones.
[[nodiscard]] Algorithm algorithm_of(ByteView attributes);

// The private parts of 5F48 as the lengths in 7F48 cut them; null if they are not what format and attributes
// ask.
[[nodiscard]] Key key_from_template(const Firmware& firmware, const Algorithm& algorithm, ByteView lengths,
                                    ByteView values);

} // namespace acredita::practice::openpgp
