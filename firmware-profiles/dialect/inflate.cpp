// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/inflate.hpp"

#include "firmware-profiles/dialect/types.hpp"

#include <memory>

#include <zlib.h>

namespace acredita::dialect {

namespace {
struct EndInflate {
    void operator()(z_stream* stream) const noexcept { inflateEnd(stream); }
};
constexpr int gzip_or_zlib = MAX_WBITS + 32;
} // namespace

Result<Bytes> inflate_bounded(ByteView packed, std::size_t max) {
    z_stream stream{};
    // zlib only reads through next_in.
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    if (inflateInit2(&stream, gzip_or_zlib) != Z_OK)
        return fail(card::card_errc::answer_malformed, "inflate");
    const std::unique_ptr<z_stream, EndInflate> guard(&stream);
    Bytes plain(max);
    stream.next_out = plain.data();
    stream.avail_out = static_cast<uInt>(plain.size());
    if (inflate(&stream, Z_FINISH) != Z_STREAM_END)
        return fail(card::card_errc::answer_malformed, "compressed data");
    plain.resize(max - stream.avail_out);
    plain.shrink_to_fit();
    return plain;
}

} // namespace acredita::dialect
