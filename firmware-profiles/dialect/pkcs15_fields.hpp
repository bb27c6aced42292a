// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The elements of one ASN.1 SEQUENCE in their order, most of which may be absent. For pkcs15_read.cpp and
// pkcs15_entries.cpp only.
#pragma once

#include "firmware-profiles/dialect/pkcs15.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::dialect::pkcs15 {

class Fields {
public:
    explicit Fields(ByteView data) : rest_(data) { advance(); }

    [[nodiscard]] const std::optional<Tlv>& next() const noexcept { return next_; }
    // The next element if it has this tag; otherwise it stays.
    [[nodiscard]] std::optional<ByteView> take(Tag tag);
    // The element with this tag wherever it comes; what stands before it is passed over.
    [[nodiscard]] std::optional<ByteView> seek(Tag tag);
    void skip() { advance(); }

private:
    void advance();

    ByteView rest_;
    std::optional<Tlv> next_{};
};

[[nodiscard]] std::string text(ByteView value);
[[nodiscard]] Bytes identifier(ByteView value);
[[nodiscard]] std::optional<std::uint32_t> number(ByteView integer);
// The first sixteen bits of a BIT STRING, bit 0 of ASN.1 as 1 << 0.
[[nodiscard]] std::uint16_t flags(ByteView bit_string);
// The content of a Path SEQUENCE.
[[nodiscard]] Path path(ByteView sequence);
// ObjectValue: a path, or in [0] the thing itself.
struct Value {
    Path path{};
    Bytes direct{};
};
[[nodiscard]] Value value(Fields& in);

} // namespace acredita::dialect::pkcs15
