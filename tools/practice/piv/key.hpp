// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Private keys as the chip computes with them, over OpenSSL. Every failure is nullopt: the chip answers a
// status word.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/practice/piv/firmware.hpp"

#include <memory>
#include <optional>

#include <openssl/evp.h>

namespace acredita::practice::piv {

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

[[nodiscard]] Key generate_key(std::uint8_t algorithm);

struct RsaParts {
    ByteView p, q, dp, dq, qinv;
};
// The public exponent is 65537. Null if the parts contradict one another.
[[nodiscard]] Key rsa_from_parts(const RsaParts& parts);
[[nodiscard]] Key ec_from_scalar(std::uint8_t algorithm, ByteView scalar);

// PKCS#8, and back.
[[nodiscard]] ZeroingBytes key_to_der(const Key& key);
[[nodiscard]] Key key_from_der(ByteView der);

// 81 modulus 82 exponent, or 86 point: what stands inside 7F49 and inside tag 04 of the metadata.
[[nodiscard]] Bytes public_template(const Key& key, std::uint8_t algorithm);

// The input as wide as the modulus, to the power of the private exponent.
[[nodiscard]] std::optional<Bytes> rsa_private(const Key& key, ByteView input);
// DER signature over a finished hash.
[[nodiscard]] std::optional<Bytes> ecdsa(const Key& key, ByteView hash);
// The x coordinate of the product with an uncompressed point of the same curve.
[[nodiscard]] std::optional<Bytes> ecdh(const Key& key, std::uint8_t algorithm, ByteView point);

// One block of the administration key's cipher. Empty if key or block have the wrong size.
[[nodiscard]] ZeroingBytes cipher_block(std::uint8_t algorithm, ByteView key, ByteView block, bool encrypt);
[[nodiscard]] std::size_t cipher_key_size(std::uint8_t algorithm);
[[nodiscard]] std::size_t cipher_block_size(std::uint8_t algorithm);

[[nodiscard]] ZeroingBytes random_bytes(std::size_t size);

} // namespace acredita::practice::piv
