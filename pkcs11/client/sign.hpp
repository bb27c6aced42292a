// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One signature by a key on the token over a digest computed here, and its verification by OpenSSL.
// Source: RFC 8017 sections 8.1 and 9.2 (DigestInfo), FIPS 186-5, PKCS#11 3.0 current mechanisms 2.1, 2.3.
#pragma once

#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/objects.hpp"

namespace acredita::client {

enum class Scheme { rsa_pkcs1, rsa_pss, ecdsa };
enum class Hash { sha256, sha384, sha512 };

[[nodiscard]] Bytes digest(Hash, ByteView data);

// RSA: as long as the modulus. ECDSA: r || s, as the token gives it. `operation_pin` is presented after
// C_SignInit if the key asks for it before each use (CKA_ALWAYS_AUTHENTICATE); it may be null.
[[nodiscard]] Result<Bytes> sign_digest(Session&, Object key, Scheme, Hash, ByteView digest,
                                        const Secret* operation_pin = nullptr);

// The scheme a program takes for this key if it has no wish of its own: rsa_pkcs1 or ecdsa.
[[nodiscard]] Result<Scheme> usual_scheme(const EVP_PKEY* key);

// False if the signature does not verify; an error only if OpenSSL could not try.
[[nodiscard]] Result<bool> verify_digest(EVP_PKEY* public_key, Scheme, Hash, ByteView digest,
                                         ByteView signature);

} // namespace acredita::client
