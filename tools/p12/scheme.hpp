// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an AlgorithmIdentifier says about password-based protection, read before any work is done: PBES1 of
// PKCS#12 (RFC 7292 appendix C) and PKCS#5 (RFC 8018 6.1), PBES2 (RFC 8018 6.2) with PBKDF2 or scrypt (RFC
// 7914 7). Errors: unsupported_algorithm (detail: name or OID), damaged.
#pragma once

#include "tools/p12/der.hpp"

namespace acredita::p12 {

enum class KdfKind { pkcs12, pbkdf1, pbkdf2, scrypt };

struct Kdf {
    KdfKind kind = KdfKind::pkcs12;
    std::string digest; // as EVP_MD_fetch takes it
    Bytes salt;
    std::uint64_t iterations = 1;
    std::size_t key_length = 0; // 0: the cipher's own
    std::uint64_t n = 0, r = 0, p = 0;

    // Iterations, or for scrypt what takes about as long; 2^64-1 where scrypt asks for too much memory.
    [[nodiscard]] std::uint64_t cost() const noexcept;
};

struct Scheme {
    std::string name; // for people and logs: "PBES1-SHA1-3DES", "PBES2-AES-256-CBC-SHA256"
    Kdf kdf;
    std::string cipher;         // as EVP_CIPHER_fetch takes it
    std::size_t key_length = 0; // 0: the cipher's own
    unsigned rc2_bits = 0;      // effective key bits, RC2 only
    Bytes iv;
    bool iv_from_kdf = false;
};

[[nodiscard]] Result<Scheme> parse_scheme(const AlgorithmId& algorithm);
// PBKDF2-params alone, as PBES2 and PBMAC1 use them.
[[nodiscard]] Result<Kdf> parse_pbkdf2(const AlgorithmId& algorithm);

} // namespace acredita::p12
