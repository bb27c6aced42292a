// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One block of the ciphers with which administration keys prove themselves: SP 800-78-4 table 6-2. Keys and
// blocks are bytes as they go over the wire.
#pragma once

#include "pcsc/base/secret.hpp"

namespace acredita::dialect {

enum class Direction : bool { encrypt, decrypt };

// Block size of a PIV cipher identifier (03 triple DES, 08, 0A, 0C AES), 0 for any other.
[[nodiscard]] std::size_t block_size(std::uint8_t algorithm) noexcept;

// Empty if key or block have not the size the cipher wants.
[[nodiscard]] ZeroingBytes cipher_block(std::uint8_t algorithm, ByteView key, ByteView block,
                                        Direction direction);

[[nodiscard]] Bytes sha256(ByteView data);
// From the kernel. Throws std::system_error if it has none to give.
[[nodiscard]] ZeroingBytes random_bytes(std::size_t size);

} // namespace acredita::dialect
