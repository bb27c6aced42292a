// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/cipher.hpp"

#include <nettle/aes.h>
#include <nettle/des.h>
#include <nettle/sha2.h>
#include <sys/random.h>

namespace acredita::dialect {

namespace {

// The context holds round keys; it is wiped before it goes.
template <class Context, class SetKey, class Crypt>
ZeroingBytes run(ByteView key, ByteView block, SetKey set_key, Crypt crypt) {
    Context context;
    set_key(&context, key.data());
    ZeroingBytes out(block.size());
    crypt(&context, block.size(), out.data(), block.data());
    explicit_bzero(&context, sizeof context);
    return out;
}

std::size_t key_size(std::uint8_t algorithm) {
    switch (algorithm) {
    case 0x03:
        return DES3_KEY_SIZE;
    case 0x08:
        return AES128_KEY_SIZE;
    case 0x0A:
        return AES192_KEY_SIZE;
    case 0x0C:
        return AES256_KEY_SIZE;
    default:
        return 0;
    }
}

} // namespace

std::size_t block_size(std::uint8_t algorithm) noexcept {
    if (algorithm == 0x03) return DES_BLOCK_SIZE;
    return algorithm == 0x08 || algorithm == 0x0A || algorithm == 0x0C ? AES_BLOCK_SIZE : 0;
}

ZeroingBytes cipher_block(std::uint8_t algorithm, ByteView key, ByteView block, Direction direction) {
    if (block.empty() || block.size() != block_size(algorithm) || key.size() != key_size(algorithm))
        return {};
    const bool encrypt = direction == Direction::encrypt;
    switch (algorithm) {
    case 0x03:
        return run<des3_ctx>(key, block, nettle_des3_set_key,
                             encrypt ? nettle_des3_encrypt : nettle_des3_decrypt);
    case 0x08:
        return encrypt ? run<aes128_ctx>(key, block, nettle_aes128_set_encrypt_key, nettle_aes128_encrypt)
                       : run<aes128_ctx>(key, block, nettle_aes128_set_decrypt_key, nettle_aes128_decrypt);
    case 0x0A:
        return encrypt ? run<aes192_ctx>(key, block, nettle_aes192_set_encrypt_key, nettle_aes192_encrypt)
                       : run<aes192_ctx>(key, block, nettle_aes192_set_decrypt_key, nettle_aes192_decrypt);
    default:
        return encrypt ? run<aes256_ctx>(key, block, nettle_aes256_set_encrypt_key, nettle_aes256_encrypt)
                       : run<aes256_ctx>(key, block, nettle_aes256_set_decrypt_key, nettle_aes256_decrypt);
    }
}

Bytes sha256(ByteView data) {
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, data.size(), data.data());
    Bytes digest(SHA256_DIGEST_SIZE);
    sha256_digest(&context, digest.size(), digest.data());
    return digest;
}

ZeroingBytes random_bytes(std::size_t size) {
    ZeroingBytes bytes(size);
    if (::getrandom(bytes.data(), size, 0) != static_cast<ssize_t>(size)) // at most 256 bytes come whole
        throw std::system_error(errno, std::generic_category());
    return bytes;
}

} // namespace acredita::dialect
