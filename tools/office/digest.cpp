// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/digest.hpp"

#include <array>
#include <new>

#include <openssl/hmac.h>

namespace acredita::office {

// SHA-256 of memory has one way to fail: no memory for OpenSSL's own tables.
Sha256::Sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (!algorithm_ || !context_) throw std::bad_alloc();
}

std::string Sha256::of(std::string_view text) {
    std::array<std::uint8_t, 32> value{};
    if (EVP_DigestInit_ex(context_.get(), algorithm_.get(), nullptr) != 1 ||
        EVP_DigestUpdate(context_.get(), text.data(), text.size()) != 1 ||
        EVP_DigestFinal_ex(context_.get(), value.data(), nullptr) != 1)
        throw std::bad_alloc();
    return to_hex(value);
}

std::string hmac_sha256(ByteView key, std::string_view text) {
    std::array<std::uint8_t, 32> value{};
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(text).data(), text.size(),
             value.data(), &size) == nullptr ||
        size != value.size())
        throw std::bad_alloc();
    return to_hex(value);
}

} // namespace acredita::office
