// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys from passwords: the KDF of PKCS#12 (RFC 7292 B) and PBKDF2 (RFC 8018) by our own loops where they know
// the digest (rounds.hpp), and else over EVP, as PBKDF1 and scrypt (RFC 7914) are. The caller pays for it out
// of its Budget first. Errors: unsupported_algorithm, legacy_provider_missing, crypto_failure.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/p12/budget.hpp"
#include "tools/p12/crypto.hpp"
#include "tools/p12/scheme.hpp"

namespace acredita::p12 {

// The octets of one reading of a password, as each family of derivations takes them.
struct PasswordView {
    ByteView wide;
    ByteView octets;
};

// The id byte of RFC 7292 B.3.
enum class Purpose { key = 1, iv = 2, mac = 3 };

[[nodiscard]] Result<ZeroingBytes> derive(const Crypto& crypto, const Kdf& kdf, PasswordView password,
                                          Purpose purpose, std::size_t length);

// unsupported_algorithm or legacy_provider_missing, whichever explains why OpenSSL has no such algorithm.
[[nodiscard]] tl::unexpected<Error> not_available(const Crypto& crypto, const std::string& openssl_name);

} // namespace acredita::p12
