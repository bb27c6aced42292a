// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/digest.hpp"

#include "tools/letter/errors.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

constexpr std::size_t piece_size = std::size_t{64} * 1024;

} // namespace

Result<Digest> Digest::start(const EVP_MD* md) {
    Context context(EVP_MD_CTX_new());
    if (!context || EVP_DigestInit_ex(context.get(), md, nullptr) != 1)
        return fail(letter_errc::signing_failed, "digest not available");
    return Digest(std::move(context));
}

Result<void> Digest::add(ByteView bytes) {
    if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
        return fail(letter_errc::signing_failed, "digest");
    return {};
}

Result<void> Digest::add(const InputFile& file, std::uint64_t offset, std::uint64_t size) {
    Bytes piece(piece_size);
    while (size > 0) {
        const auto now =
            std::span(piece).first(static_cast<std::size_t>(std::min<std::uint64_t>(size, piece_size)));
        ACREDITA_CHECK(file.read_at(offset, now));
        ACREDITA_CHECK(add(now));
        offset += now.size();
        size -= now.size();
    }
    return {};
}

Result<Bytes> Digest::value() const {
    const Context copy(EVP_MD_CTX_new());
    Bytes value(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    if (!copy || EVP_MD_CTX_copy_ex(copy.get(), context_.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), value.data(), &size) != 1)
        return fail(letter_errc::signing_failed, "digest");
    value.resize(size);
    return value;
}

Result<Bytes> digest_of(const EVP_MD* md, ByteView bytes) {
    ACREDITA_TRY(digest, Digest::start(md));
    ACREDITA_CHECK(digest.add(bytes));
    return digest.value();
}

Result<Bytes> digest_of(const EVP_MD* md, const InputFile& file, const ByteRange& range) {
    ACREDITA_TRY(digest, Digest::start(md));
    ACREDITA_CHECK(digest.add(file, 0, range.before));
    ACREDITA_CHECK(digest.add(file, range.after, range.rest));
    return digest.value();
}

} // namespace acredita::letter
