// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PBKDF2 (RFC 8018 5.2) and the KDF of PKCS#12 (RFC 7292 B.2) with SHA-1, SHA-256, SHA-384 and SHA-512, over
// OpenSSL's compression functions. Opening a backup is these rounds and little else: EVP takes, in each of
// them, as long for its own business as for the compression.
//
// Nothing where the digest is another one; then EVP is to be asked. What is on the stack is wiped.
#pragma once

#include "pcsc/base/secret.hpp"

#include <optional>

namespace acredita::p12 {

struct Rounds {
    std::string_view digest; // as EVP_MD_fetch takes it
    ByteView password, salt;
    std::uint64_t iterations = 1;
    std::size_t length = 0; // of the key
};

[[nodiscard]] std::optional<ZeroingBytes> pbkdf2(const Rounds& rounds);
[[nodiscard]] std::optional<ZeroingBytes> pkcs12_kdf(const Rounds& rounds, std::uint8_t id);

// Of what is public. No library context is asked for it, as EVP would.
[[nodiscard]] Bytes sha256(ByteView data);

} // namespace acredita::p12
