// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/digest.hpp"

namespace acredita::module {

namespace {

constexpr std::uint8_t sha1_prefix[] = {0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E,
                                        0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14};

// The SHA-2 prefixes differ in the sizes and in the last arc of 2.16.840.1.101.3.4.2.
template <std::uint8_t Arc, std::uint8_t Size>
constexpr std::array<std::uint8_t, 19> sha2_prefix = {0x30, 17 + Size, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                                      0x86, 0x48,      0x01, 0x65, 0x03, 0x04, 0x02,
                                                      Arc,  0x05,      0x00, 0x04, Size};

} // namespace

std::size_t hash_size(Hash hash) noexcept {
    switch (hash) {
    case Hash::none:
        return 0;
    case Hash::sha1:
        return SHA1_DIGEST_SIZE;
    case Hash::sha224:
        return SHA224_DIGEST_SIZE;
    case Hash::sha256:
        return SHA256_DIGEST_SIZE;
    case Hash::sha384:
        return SHA384_DIGEST_SIZE;
    case Hash::sha512:
        return SHA512_DIGEST_SIZE;
    }
    return 0;
}

ByteView digest_info_prefix(Hash hash) noexcept {
    switch (hash) {
    case Hash::none:
        return {};
    case Hash::sha1:
        return sha1_prefix;
    case Hash::sha224:
        return sha2_prefix<4, 28>;
    case Hash::sha256:
        return sha2_prefix<1, 32>;
    case Hash::sha384:
        return sha2_prefix<2, 48>;
    case Hash::sha512:
        return sha2_prefix<3, 64>;
    }
    return {};
}

Digest::Digest(Hash hash) : hash_(hash) {
    switch (hash) {
    case Hash::none:
    case Hash::sha1:
        nettle_sha1_init(&state_.emplace<sha1_ctx>());
        break;
    case Hash::sha224:
        nettle_sha224_init(&state_.emplace<sha256_ctx>());
        break;
    case Hash::sha256:
        nettle_sha256_init(&state_.emplace<sha256_ctx>());
        break;
    case Hash::sha384:
        nettle_sha384_init(&state_.emplace<sha512_ctx>());
        break;
    case Hash::sha512:
        nettle_sha512_init(&state_.emplace<sha512_ctx>());
        break;
    }
}

void Digest::update(ByteView data) noexcept {
    struct Update {
        ByteView data;
        void operator()(sha1_ctx& state) const { nettle_sha1_update(&state, data.size(), data.data()); }
        void operator()(sha256_ctx& state) const { nettle_sha256_update(&state, data.size(), data.data()); }
        void operator()(sha512_ctx& state) const { nettle_sha512_update(&state, data.size(), data.data()); }
    };
    if (!data.empty()) std::visit(Update{data}, state_);
}

Bytes Digest::finish() {
    Bytes out(hash_size(hash_));
    switch (hash_) {
    case Hash::none:
        break;
    case Hash::sha1:
        nettle_sha1_digest(std::get_if<sha1_ctx>(&state_), out.size(), out.data());
        break;
    case Hash::sha224:
        nettle_sha224_digest(std::get_if<sha256_ctx>(&state_), out.size(), out.data());
        break;
    case Hash::sha256:
        nettle_sha256_digest(std::get_if<sha256_ctx>(&state_), out.size(), out.data());
        break;
    case Hash::sha384:
        nettle_sha384_digest(std::get_if<sha512_ctx>(&state_), out.size(), out.data());
        break;
    case Hash::sha512:
        nettle_sha512_digest(std::get_if<sha512_ctx>(&state_), out.size(), out.data());
        break;
    }
    return out;
}

Bytes digest(Hash hash, ByteView data) {
    Digest state(hash);
    state.update(data);
    return state.finish();
}

} // namespace acredita::module
