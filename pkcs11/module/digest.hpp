// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Hash functions in software, from libnettle. Plain state without heap; a copy goes on by itself.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <array>
#include <variant>

#include <nettle/sha1.h>
#include <nettle/sha2.h>

namespace acredita::module {

enum class Hash : std::uint8_t { none, sha1, sha224, sha256, sha384, sha512 };

[[nodiscard]] std::size_t hash_size(Hash hash) noexcept;
// DER of DigestInfo up to the digest itself (RFC 8017 9.2, note 1).
[[nodiscard]] ByteView digest_info_prefix(Hash hash) noexcept;

class Digest {
public:
    explicit Digest(Hash hash);
    void update(ByteView data) noexcept;
    // The digest; the state starts afresh.
    [[nodiscard]] Bytes finish();
    [[nodiscard]] Hash hash() const noexcept { return hash_; }
    // f(state) with libnettle's own state, which is plain data.
    template <class F>
    void visit(F&& f) {
        std::visit(f, state_);
    }
    template <class F>
    void visit(F&& f) const {
        std::visit(f, state_);
    }

private:
    Hash hash_;
    std::variant<sha1_ctx, sha256_ctx, sha512_ctx> state_;
};

[[nodiscard]] Bytes digest(Hash hash, ByteView data);

} // namespace acredita::module
