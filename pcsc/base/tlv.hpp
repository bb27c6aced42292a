// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// BER-TLV as cards speak it (ISO 7816-4:2005 5.2.2): tags of one to three bytes, definite lengths up to four
// bytes.
//
// Reading is lazy and never recursive by input: a TlvReader walks one level and hands out views into the
// caller's buffer. Every length is checked against what is there before it is used.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <optional>

namespace acredita {

// A tag as the number its bytes spell: 0x53, 0x5FC105 needs no tag of its own (it stands inside 5C), 0x7F49,
// 0x5F2F.
using Tag = std::uint32_t;

struct Tlv {
    Tag tag = 0;
    ByteView value; // into the buffer that was read
    ByteView whole; // tag, length and value
};

class TlvReader {
public:
    explicit TlvReader(ByteView data) noexcept : rest_(data) {}
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] ByteView rest() const noexcept { return rest_; }
    // The next element. malformed_tlv, or too_short if a length points behind the end.
    [[nodiscard]] Result<Tlv> next();

private:
    ByteView rest_;
};

// The first element with this tag on this level; nullopt if there is none or the data are damaged before it.
[[nodiscard]] std::optional<ByteView> find_tlv(ByteView data, Tag tag);

// Follows a path of tags downwards.
[[nodiscard]] std::optional<ByteView> find_tlv(ByteView data, std::initializer_list<Tag> path);

// Tag, shortest definite length, value.
[[nodiscard]] Bytes make_tlv(Tag tag, ByteView value);
void append_tlv(Bytes& to, Tag tag, ByteView value);

// Only the tag and the length of a value of that size.
[[nodiscard]] Bytes tlv_header(Tag tag, std::size_t size);

} // namespace acredita
