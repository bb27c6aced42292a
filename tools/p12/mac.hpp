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

// Whether this reading of the password made the MAC over these octets.
[[nodiscard]] Result<bool> mac_matches(const Crypto& crypto, const Mac& mac, ByteView authenticated,
                                       PasswordView password, Budget& budget);

} // namespace acredita::p12
