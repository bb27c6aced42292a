// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The public RSA operation, RSAVP1 of RFC 8017 5.2.2, and what else of large numbers the module needs. It is
// how a signature made with a key that is no longer the remembered one is noticed before it is given out. Our
// own few lines, because Debian's static gmp is not position independent and a shared one is a library too
// many in a browser. All numbers are big-endian.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

namespace acredita::module {

// signature ^ exponent mod modulus, as long as the modulus; empty if the signature is not below the modulus
// or the key is no RSA key (even modulus, absurd sizes).
[[nodiscard]] Bytes rsa_public(const card::PublicKey& key, ByteView signature);

[[nodiscard]] unsigned bit_length(ByteView number) noexcept;
// Is the modulus p times q? A key that contradicts itself must not reach a card.
[[nodiscard]] bool is_product(ByteView modulus, ByteView p, ByteView q);

} // namespace acredita::module
