// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys, certificates and checks made by OpenSSL, which shares nothing with the dialects.
#pragma once

#include "firmware-profiles/card/card.hpp"

#include <openssl/evp.h>

namespace acredita::tests {

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using OpenSslKey = std::unique_ptr<EVP_PKEY, FreeKey>;

[[nodiscard]] OpenSslKey new_key(const card::Algorithm& algorithm);
[[nodiscard]] card::PrivateKey parts_of(const OpenSslKey& key, const card::Algorithm& algorithm);
// DER, self-signed, about `size` bytes if that is more than it needs.
[[nodiscard]] Bytes certificate_of(const OpenSslKey& key, const std::string& name, std::size_t size = 0);
[[nodiscard]] Bytes public_info(const OpenSslKey& key);
// EMSA-PKCS1-v1_5 of a SHA-256 hash.
[[nodiscard]] Bytes emsa(ByteView hash, std::size_t width);
// `info` is a SubjectPublicKeyInfo; an EC signature is r || s.
[[nodiscard]] bool verifies(ByteView info, ByteView hash, ByteView signature, card::KeyType type);
// EMSA-PSS with SHA-256 everywhere and a salt of 32 bytes; and PKCS #1 v1.5 encryption.
[[nodiscard]] bool verifies_pss(ByteView info, ByteView hash, ByteView signature);
[[nodiscard]] Bytes encrypted_to(const OpenSslKey& key, ByteView text);
// The other's side of a Diffie-Hellman: our own key against the card's public one.
[[nodiscard]] Bytes shared_secret(const OpenSslKey& ours, ByteView info);
[[nodiscard]] Bytes point_of(const OpenSslKey& key);
[[nodiscard]] Bytes gzip(ByteView data);

} // namespace acredita::tests
