// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// RSA paddings in software, for cards that only do the raw operation. Blocks are as long as the modulus.
// Source: RFC 8017 (PKCS #1 v2.2): 7.1 OAEP, 7.2 and 9.2 v1.5, 9.1 PSS, B.2.1 MGF1. libnettle's own PSS lives
// in libhogweed together with gmp and pads only for keys that it holds itself.
#pragma once

#include "pcsc/base/secret.hpp"
#include "pkcs11/module/digest.hpp"

#include <optional>

namespace acredita::module {

struct PssParameters {
    Hash hash = Hash::sha256;
    Hash mgf = Hash::sha256;
    std::size_t salt_size = 32;
};

struct OaepParameters {
    Hash hash = Hash::sha1;
    Hash mgf = Hash::sha1;
    Bytes label{};
};

// nullopt everywhere: it does not fit, or what came back is not padded like this.
[[nodiscard]] std::optional<Bytes> pad_pkcs1(ByteView message, std::size_t block_size);
[[nodiscard]] std::optional<Bytes> pad_pss(ByteView hash_value, const PssParameters& parameters,
                                           unsigned modulus_bits, ByteView salt);
[[nodiscard]] bool check_pss(ByteView block, ByteView hash_value, const PssParameters& parameters,
                             unsigned modulus_bits);

// The data in a block that pad_pkcs1 made, as a view into it.
[[nodiscard]] std::optional<ByteView> signed_data(ByteView block);
// With fresh random numbers: EME-PKCS1-v1_5 and EME-OAEP.
[[nodiscard]] std::optional<ZeroingBytes> pad_encryption(ByteView text, std::size_t block_size);
[[nodiscard]] std::optional<ZeroingBytes> pad_oaep(ByteView text, const OaepParameters& parameters,
                                                   std::size_t block_size);

// The time these take does not depend on where the padding is wrong, only on the size of the block.
[[nodiscard]] std::optional<ZeroingBytes> unpad_pkcs1(ByteView block);
[[nodiscard]] std::optional<ZeroingBytes> unpad_oaep(ByteView block, const OaepParameters& parameters);

// XORs MGF1(seed) into `mask_this`.
void mgf1_xor(Hash hash, ByteView seed, std::span<std::uint8_t> mask_this);

} // namespace acredita::module
