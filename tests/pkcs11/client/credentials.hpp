// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys and self-signed certificates made by OpenSSL for one test run.
#pragma once

#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/store.hpp"

namespace acredita::client::test {

struct Credential {
    EvpKey key;
    Certificate certificate;
    Bytes der;
    Bytes subject; // DER Name
};
[[nodiscard]] Credential make_credential(KeyKind kind);

inline constexpr KeyKind rsa{CKK_RSA, 2048};
inline constexpr KeyKind p256{CKK_EC, 256};
inline constexpr KeyKind p384{CKK_EC, 384};

// The certificate and the key of this kind, stored under one id by a logged-in session.
Object store_both(Session& session, const Credential& credential, const Bytes& id);

// An RSA pair made on the token whose private key asks for the PIN before each use.
Object generate_cautious_key(Session& session, const Bytes& id);

// Whether OpenSSL makes a CMS with this key and verifies it under the certificate.
[[nodiscard]] bool signs_cms(EVP_PKEY* key, X509* certificate);

} // namespace acredita::client::test
