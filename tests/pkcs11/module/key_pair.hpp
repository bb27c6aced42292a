// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A key with a certificate, made by OpenSSL, so that what the module says is judged by somebody else.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

#include <memory>

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace acredita::test {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* value) const noexcept {
        Free(value);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;

struct KeyPair {
    Key key;
    Bytes certificate; // ends 2031-05
    card::PublicKey public_key;

    [[nodiscard]] Bytes raw_rsa(ByteView block) const;
    [[nodiscard]] Bytes raw_ecdsa(ByteView hash) const; // r || s
    [[nodiscard]] Bytes raw_ecdh(ByteView point) const;
    // PKCS #1 v1.5, or PSS with a salt as long as the digest; EC: r || s.
    [[nodiscard]] bool verifies(ByteView message, ByteView signature, const char* digest,
                                bool pss = false) const;
    [[nodiscard]] Bytes encrypt(ByteView text, bool oaep) const;
};

// Made once in a program; keys are slow.
[[nodiscard]] const KeyPair& rsa_pair();
[[nodiscard]] const KeyPair& other_rsa_pair();
[[nodiscard]] const KeyPair& ec_pair(); // P-256
[[nodiscard]] const KeyPair& p384_pair();
[[nodiscard]] const KeyPair& p521_pair();
// RSA-2048 with a certificate of 1.6 kB, the size FNMT's have.
[[nodiscard]] const KeyPair& office_pair();

// One number of the private key (OSSL_PKEY_PARAM_...), big-endian.
[[nodiscard]] Bytes number(const KeyPair& pair, const char* name);

} // namespace acredita::test
