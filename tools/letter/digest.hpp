// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Digests of files and of ranges of files, read in pieces of 64 KiB. Offsets and lengths in bytes.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/file.hpp"
#include "tools/letter/releaser.hpp"

#include <memory>

#include <openssl/evp.h>

namespace acredita::letter {

// What a signature covers: [0, before) and [after, after + rest).
struct ByteRange {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    std::uint64_t rest = 0;
    [[nodiscard]] std::uint64_t end() const noexcept { return after + rest; }
};

// A digest that grows; signing_failed if OpenSSL cannot do it.
class Digest {
public:
    [[nodiscard]] static Result<Digest> start(const EVP_MD* md);
    [[nodiscard]] Result<void> add(ByteView bytes);
    [[nodiscard]] Result<void> add(const InputFile& file, std::uint64_t offset, std::uint64_t size);
    // The value so far; the digest can go on growing.
    [[nodiscard]] Result<Bytes> value() const;

private:
    using Context = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
    explicit Digest(Context context) noexcept : context_(std::move(context)) {}

    Context context_;
};

[[nodiscard]] Result<Bytes> digest_of(const EVP_MD* md, ByteView bytes);
[[nodiscard]] Result<Bytes> digest_of(const EVP_MD* md, const InputFile& file, const ByteRange& range);

} // namespace acredita::letter
