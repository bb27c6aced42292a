// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is done with public points of the curves P-256, P-384 and P-521: signatures are verified, and points
// are looked at before a card multiplies them. Mbed TLS computes; nothing here is secret. Source: FIPS
// 186-4, 6.4; SP 800-56A, 5.6.2.3.3.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

namespace acredita::module {

// `signature` is r || s, each as wide as the field. False, too, if the key is no point of a curve known here.
[[nodiscard]] bool ecdsa_verifies(const card::PublicKey& key, ByteView hash, ByteView signature);
// An uncompressed point (04 X Y) that lies on the curve. A card that multiplies another one tells of its key.
[[nodiscard]] bool is_on_curve(unsigned bits, ByteView point);

} // namespace acredita::module
