// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Public keys and signatures between the forms cards and X.509 use. Everything in comes from a card or a
// certificate.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

namespace acredita::dialect {

// answer_malformed unless the modulus has 512 to 16384 bits and the exponent is odd and shorter than 33
// bytes.
[[nodiscard]] Result<card::PublicKey> rsa_key(ByteView modulus, ByteView exponent);
// An uncompressed point of P-256, P-384 or P-521; the curve is known by the length.
[[nodiscard]] Result<card::PublicKey> ec_key(ByteView point);
// The same on a curve that is named; answer_malformed if the length does not fit a known curve.
[[nodiscard]] Result<card::PublicKey> ec_key(ByteView curve_oid, ByteView point);

// Of numbers as they stand on a card, most significant byte first.
[[nodiscard]] Bytes product(ByteView a, ByteView b);
// nullopt: an EC key whose point nobody has told.
[[nodiscard]] std::optional<card::PublicKey> public_half(const card::PrivateKey&);

// DER SEQUENCE of two INTEGERs to r || s, each `field` bytes wide.
[[nodiscard]] Result<ZeroingBytes> raw_ecdsa(ByteView der, std::size_t field);

// Without zeros in front.
[[nodiscard]] ByteView trimmed(ByteView number) noexcept;

} // namespace acredita::dialect
