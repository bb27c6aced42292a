// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Private keys: from PrivateKeyInfo (RFC 5208, RFC 5958) to an EVP_PKEY and to the numbers PKCS#11 imports.
// Everything that belongs to the private half is in Secrets; EVP_PKEYs wipe what they free.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/p12/crypto.hpp"

namespace acredita::p12 {

enum class KeyType { rsa, rsa_pss, ec, dsa, ed25519, ed448, x25519, x448, other };

struct KeyFacts {
    KeyType type = KeyType::other;
    unsigned bits = 0;
    std::string algorithm; // "RSA", "RSA-PSS", the curve ("prime256v1"), else the dotted OID
};

[[nodiscard]] KeyFacts facts_of(const EVP_PKEY* key);

// Errors: unsupported_key (detail: OID), damaged.
[[nodiscard]] Result<KeyHandle> load_key(const Crypto& crypto, ByteView pkcs8);
// The same for an RSA key of the usual shape, sooner; null for any other. The numbers lie on the ordinary
// heap.
[[nodiscard]] KeyHandle plain_rsa_key(const Crypto& crypto, ByteView pkcs8);
// Version 0, algorithm and key alone: attributes and the public key of RFC 5958 are left behind, because
// OpenSSL 3.0 stumbles over them and nobody may believe them. Errors: damaged.
struct BareKey {
    Secret pkcs8;
    std::string algorithm; // dotted OID
};
[[nodiscard]] Result<BareKey> bare_key(ByteView pkcs8);

// True if both hold the same public key; RSA and RSA-PSS keys of the same numbers do.
[[nodiscard]] bool same_public_key(const EVP_PKEY* a, const EVP_PKEY* b);

// Big-endian, without leading zeros.
struct RsaNumbers {
    Bytes n, e;
    Secret d, p, q, dp, dq, qinv;
};
struct EcNumbers {
    Bytes parameters; // the curve's OBJECT IDENTIFIER in DER, as CKA_EC_PARAMS wants it
    Bytes point;      // uncompressed, without the OCTET STRING around it
    Secret scalar;    // as long as the group order
};

// Errors: unsupported_key, if the key is of another kind or has no CRT numbers or no named curve.
[[nodiscard]] Result<RsaNumbers> rsa_numbers(const EVP_PKEY* key);
[[nodiscard]] Result<EcNumbers> ec_numbers(const EVP_PKEY* key);

} // namespace acredita::p12
