// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The curves of the practice applet, told by the prime that comes with a key; and what it borrows from the
// other practice card's arithmetic.
#pragma once

#include "tools/practice/piv/key.hpp"

namespace acredita::practice::isoapplet {

using piv::Key;
using piv::random_bytes;

// The other card's number for the curve; 0 for one that it does not have. `fields`: 81 prime, 82 a, 83 b,
// 84 base point, 85 order, 87 cofactor.
[[nodiscard]] std::uint8_t curve_of(ByteView fields);

// EMSA-PSS with a salt as long as the hash, which its size names.
[[nodiscard]] std::optional<Bytes> sign_pss(const Key& key, ByteView hash);

[[nodiscard]] Bytes sha1(ByteView data);

} // namespace acredita::practice::isoapplet
