// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The integrity of a backup: MacData of RFC 7292 4 and PBMAC1 of RFC 9579, which OpenSSL 3.0 does not know.
// Of PBMAC1 RFC 9579 asks: the key length must be given and be 20 to 64 bytes, the salt an OCTET STRING, the
// value as long as the HMAC; whatever breaks these rules is damaged and never accepted.
#pragma once

#include "tools/p12/derive.hpp"
#include "tools/p12/pfx.hpp"

namespace acredita::p12 {

// The content of MacData. Errors: damaged, unsupported_algorithm.
[[nodiscard]] Result<Mac> parse_mac(ByteView mac_data);

// The key of the MAC for this reading of the password.
[[nodiscard]] Result<ZeroingBytes> mac_key(const Crypto& crypto, const Mac& mac, PasswordView password,
                                           Budget& budget);

// Whether this key made the MAC over these octets. Costs no derivation.
[[nodiscard]] Result<bool> mac_matches(const Crypto& crypto, const Mac& mac, ByteView key,
                                       ByteView authenticated);

// Whether it would have made it but for one bit among `size` octets from `at` on. No derivation either: the
// octets are authenticated once for each of these bits.
[[nodiscard]] Result<bool> one_bit_from_matching(const Crypto& crypto, const Mac& mac, ByteView key,
                                                 ByteView authenticated, std::size_t at, std::size_t size);

} // namespace acredita::p12
