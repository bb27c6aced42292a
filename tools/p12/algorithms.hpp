// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The object identifiers of backups and the tables from them to OpenSSL's names. Sources: RFC 7292 appendix C
// and D, RFC 8018 appendix A to C, RFC 9579, NIST CSOR (AES, SHA-2, SHA-3).
#pragma once

#include "tools/p12/scheme.hpp"

namespace acredita::p12 {

namespace oid {
inline constexpr std::string_view data = "1.2.840.113549.1.7.1", signed_data = "1.2.840.113549.1.7.2",
                                  enveloped_data = "1.2.840.113549.1.7.3",
                                  encrypted_data = "1.2.840.113549.1.7.6";
inline constexpr std::string_view pbkdf2 = "1.2.840.113549.1.5.12", pbes2 = "1.2.840.113549.1.5.13",
                                  pbmac1 = "1.2.840.113549.1.5.14", scrypt = "1.3.6.1.4.1.11591.4.11",
                                  rc2_cbc = "1.2.840.113549.3.2";
inline constexpr std::string_view key_bag = "1.2.840.113549.1.12.10.1.1",
                                  shrouded_key_bag = "1.2.840.113549.1.12.10.1.2",
                                  certificate_bag = "1.2.840.113549.1.12.10.1.3",
                                  crl_bag = "1.2.840.113549.1.12.10.1.4",
                                  secret_bag = "1.2.840.113549.1.12.10.1.5",
                                  safe_contents_bag = "1.2.840.113549.1.12.10.1.6",
                                  x509_certificate = "1.2.840.113549.1.9.22.1";
} // namespace oid

struct Pbes1Row {
    std::string_view oid, name;
    KdfKind kdf;
    std::string_view digest, cipher;
    std::size_t key_length;
    unsigned rc2_bits;
};
struct CipherRow {
    std::string_view oid, name;
};

[[nodiscard]] const Pbes1Row* find_pbes1(std::string_view oid) noexcept;
// What OpenSSL 3.0 uses PBES2 with: block ciphers in CBC mode, and AES in OFB and CFB.
[[nodiscard]] const CipherRow* find_cipher(std::string_view oid) noexcept;
// The digest of an HMAC's OID; empty if unknown.
[[nodiscard]] std::string_view hmac_digest(std::string_view oid) noexcept;
// The digest of its own OID; empty if unknown.
[[nodiscard]] std::string_view digest_name(std::string_view oid) noexcept;
// Whether OpenSSL 3 keeps this cipher or digest in its legacy provider.
[[nodiscard]] bool needs_legacy(std::string_view openssl_name) noexcept;

} // namespace acredita::p12
