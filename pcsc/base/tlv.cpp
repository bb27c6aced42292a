// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/tlv.hpp"

namespace acredita {

Result<Tlv> TlvReader::next() {
    const ByteView data = rest_;
    std::size_t at = 0;
    const auto byte = [&]() -> std::optional<std::uint8_t> {
        return at < data.size() ? std::optional(data[at++]) : std::nullopt;
    };
    const auto first = byte();
    if (!first) return fail(bytes_errc::too_short, "no tag");
    Tag tag = *first;
    if ((*first & 0x1FU) == 0x1FU) {
        for (int more = 0;; ++more) {
            const auto next = byte();
            if (!next) return fail(bytes_errc::too_short, "tag cut");
            if (more == 2) return fail(bytes_errc::malformed_tlv, "tag longer than three bytes");
            tag = (tag << 8U) | *next;
            if ((*next & 0x80U) == 0) break;
        }
    }
    const auto form = byte();
    if (!form) return fail(bytes_errc::too_short, "no length");
    std::size_t length = *form;
    if (*form == 0x80) return fail(bytes_errc::malformed_tlv, "indefinite length");
    if (*form > 0x84) return fail(bytes_errc::malformed_tlv, "length of more than four bytes");
    if (*form > 0x80) {
        length = 0;
        for (unsigned i = *form & 0x0FU; i > 0; --i) {
            const auto next = byte();
            if (!next) return fail(bytes_errc::too_short, "length cut");
            length = (length << 8U) | *next;
        }
    }
    if (length > data.size() - at)
        return fail(bytes_errc::too_short,
                    std::to_string(length) + " announced, " + std::to_string(data.size() - at) + " there");
    rest_ = data.subspan(at + length);
    return Tlv{tag, data.subspan(at, length), data.first(at + length)};
}

std::optional<ByteView> find_tlv(ByteView data, Tag tag) {
    TlvReader reader(data);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return std::nullopt;
        if (element->tag == tag) return element->value;
    }
    return std::nullopt;
}

std::optional<ByteView> find_tlv(ByteView data, std::initializer_list<Tag> path) {
    for (const auto tag : path) {
        const auto inner = find_tlv(data, tag);
        if (!inner) return std::nullopt;
        data = *inner;
    }
    return data;
}

Bytes tlv_header(Tag tag, std::size_t size) {
    Bytes header;
    for (int shift = 24; shift >= 0; shift -= 8)
        if (shift == 0 || (tag >> static_cast<unsigned>(shift)) != 0)
            header.push_back(static_cast<std::uint8_t>(tag >> static_cast<unsigned>(shift)));
    if (size < 0x80) {
        header.push_back(static_cast<std::uint8_t>(size));
        return header;
    }
    std::uint8_t count = 1;
    while (count < 4 && (size >> (8U * count)) != 0) ++count;
    header.push_back(static_cast<std::uint8_t>(0x80U | count));
    for (unsigned i = count; i > 0; --i) header.push_back(static_cast<std::uint8_t>(size >> (8U * (i - 1))));
    return header;
}

void append_tlv(Bytes& to, Tag tag, ByteView value) {
    append(to, tlv_header(tag, value.size()));
    append(to, value);
}

Bytes make_tlv(Tag tag, ByteView value) {
    Bytes bytes;
    append_tlv(bytes, tag, value);
    return bytes;
}

} // namespace acredita
