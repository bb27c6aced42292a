// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15_fields.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

namespace {

constexpr int max_passed = 16; // no SEQUENCE of the standard has as many elements
constexpr Tag sequence_tag = 0x30, integer_tag = 0x02, octets_tag = 0x04;

} // namespace

void Fields::advance() {
    next_.reset();
    if (rest_.empty()) return;
    TlvReader reader(rest_);
    if (auto element = reader.next()) next_ = *element;
    rest_ = next_ ? reader.rest() : ByteView{};
}

std::optional<ByteView> Fields::take(Tag tag) {
    if (!next_ || next_->tag != tag) return std::nullopt;
    const auto value = next_->value;
    advance();
    return value;
}

std::optional<ByteView> Fields::seek(Tag tag) {
    for (int passed = 0; next_ && next_->tag != tag && passed < max_passed; ++passed) advance();
    return take(tag);
}

std::string text(ByteView value) {
    return std::string(as_text(value.first(std::min(value.size(), max_text))));
}

Bytes identifier(ByteView value) { return value.size() > max_text ? Bytes{} : copy(value); }

std::optional<std::uint32_t> number(ByteView integer) {
    while (!integer.empty() && integer.front() == 0) integer = integer.subspan(1);
    if (integer.size() > 4) return std::nullopt;
    std::uint32_t value = 0;
    for (const auto byte : integer) value = value << 8U | byte;
    return value;
}

std::uint16_t flags(ByteView bit_string) {
    std::uint16_t value = 0;
    for (std::size_t byte = 1; byte < std::min<std::size_t>(bit_string.size(), 3); ++byte)
        for (unsigned bit = 0; bit < 8; ++bit)
            if ((bit_string[byte] & (0x80U >> bit)) != 0)
                value = static_cast<std::uint16_t>(value | 1U << ((byte - 1) * 8 + bit));
    return value;
}

Path path(ByteView sequence) {
    Fields in(sequence);
    Path path;
    const auto files = in.take(octets_tag);
    if (!files || files->empty() || files->size() % 2 != 0 || files->size() > max_path) return {};
    path.files = copy(*files);
    const auto offset = in.take(integer_tag);
    const auto length = in.take(0x80);
    if (offset && length) { // one without the other means nothing
        path.offset = number(*offset);
        path.length = number(*length);
    }
    return path;
}

Value value(Fields& in) {
    if (in.next() && in.next()->tag == 0xA0) {
        auto direct = copy(*in.take(0xA0));
        return {.path = {}, .direct = std::move(direct)};
    }
    if (const auto indirect = in.take(sequence_tag)) return {.path = path(*indirect), .direct = {}};
    if (in.next() && in.next()->tag == octets_tag) { // written without the SEQUENCE by some
        const auto whole = in.next()->whole;
        in.skip();
        return {.path = path(whole), .direct = {}};
    }
    return {};
}

} // namespace acredita::dialect::pkcs15
