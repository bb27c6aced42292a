// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSSL's private key taken apart into the attributes PKCS#11 wants, in locked memory. Private to the
// client. Source: PKCS#11 3.0 current mechanisms, 2.1.3 and 2.3.4.
#pragma once

#include "pcsc/base/secret.hpp"
#include "pkcs11/client/store.hpp"

namespace acredita::client {

struct PrivateKeyParts {
    KeyKind kind;
    Bytes modulus, exponent;      // RSA
    Secret d, p, q, dp, dq, qinv; // RSA
    Bytes curve;                  // EC: DER of the namedCurve OBJECT IDENTIFIER
    Bytes point;                  // EC: uncompressed, inside a DER OCTET STRING
    Secret scalar;                // EC: as long as the field
};

// key_type_unknown, or openssl_failed if the key is only public.
[[nodiscard]] Result<PrivateKeyParts> take_apart(const EVP_PKEY* key);

// DER of the OBJECT IDENTIFIER of P-256, P-384 or P-521.
[[nodiscard]] Result<Bytes> curve_oid(unsigned bits);

} // namespace acredita::client
