// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One encrypted safe or key, one reading of the password. That a password is wrong is no error here but
// nullopt: the padding or the structure of what came out is not what it must be. Errors: too_costly,
// cancelled, damaged (a length no cipher could have made), unsupported_algorithm, legacy_provider_missing.
#pragma once

#include "tools/p12/derive.hpp"

#include <optional>

namespace acredita::p12 {

// The plain text, which is one well-formed ASN.1 SEQUENCE, rewritten with definite lengths.
[[nodiscard]] Result<std::optional<ZeroingBytes>> decrypt(const Crypto& crypto, const Scheme& scheme,
                                                          ByteView ciphertext, PasswordView password,
                                                          Budget& budget);

// Whether this reading of the password opens the ciphertext, or would if the ciphertext were not damaged:
// what comes out is, at least in part, what a key or a safe must look like. Costs one derivation at most;
// where the initial block is derived as well, as in PBES1, a long ciphertext does without its first block.
[[nodiscard]] Result<bool> makes_sense(const Crypto& crypto, const Scheme& scheme, ByteView ciphertext,
                                       PasswordView password, Budget& budget);

} // namespace acredita::p12
