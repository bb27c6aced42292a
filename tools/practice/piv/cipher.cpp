// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The block cipher of the administration key.
#include "tools/practice/piv/key.hpp"

#include <new>

#include <openssl/rand.h>

namespace acredita::practice::piv {

namespace {

const EVP_CIPHER* cipher(std::uint8_t algorithm) {
    switch (algorithm) {
    case triple_des:
        return EVP_des_ede3_ecb();
    case aes128:
        return EVP_aes_128_ecb();
    case aes192:
        return EVP_aes_192_ecb();
    case aes256:
        return EVP_aes_256_ecb();
    default:
        return nullptr;
    }
}

} // namespace

std::size_t cipher_key_size(std::uint8_t algorithm) {
    const auto* found = cipher(algorithm);
    return found == nullptr ? 0 : static_cast<std::size_t>(EVP_CIPHER_get_key_length(found));
}

std::size_t cipher_block_size(std::uint8_t algorithm) {
    const auto* found = cipher(algorithm);
    return found == nullptr ? 0 : static_cast<std::size_t>(EVP_CIPHER_get_block_size(found));
}

ZeroingBytes cipher_block(std::uint8_t algorithm, ByteView key, ByteView block, bool encrypt) {
    if (key.empty() || key.size() != cipher_key_size(algorithm) ||
        block.size() != cipher_block_size(algorithm))
        return {};
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free);
    ZeroingBytes out(2 * block.size());
    int size = 0;
    if (!context ||
        EVP_CipherInit_ex(context.get(), cipher(algorithm), nullptr, key.data(), nullptr, encrypt ? 1 : 0) !=
            1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_CipherUpdate(context.get(), out.data(), &size, block.data(), static_cast<int>(block.size())) != 1)
        return {};
    out.resize(block.size());
    return out;
}

ZeroingBytes random_bytes(std::size_t size) {
    ZeroingBytes bytes(size);
    if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) throw std::bad_alloc();
    return bytes;
}

} // namespace acredita::practice::piv
