// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/byte_range.hpp"

#include "tools/letter/append/guard.hpp"

#include <algorithm>
#include <array>

namespace acredita::letter {

namespace {

constexpr std::uint64_t max_gap = 16U << 20;

[[nodiscard]] std::optional<ByteRange> numbers(QPDFObjectHandle array) {
    if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
    std::array<std::uint64_t, 4> values{};
    for (int i = 0; i < 4; ++i) {
        auto item = array.getArrayItem(i);
        if (!item.isInteger() || item.getIntValue() < 0) return std::nullopt;
        values[static_cast<std::size_t>(i)] = static_cast<std::uint64_t>(item.getIntValue());
    }
    if (values[0] != 0 || values[1] == 0 || values[3] == 0) return std::nullopt;
    return ByteRange{values[1], values[2], values[3]};
}

// Compared without sums that could wrap around.
[[nodiscard]] Integrity judge(const ByteRange& range, std::uint64_t size) {
    if (range.before > size || range.after > size || range.rest > size - range.after)
        return Integrity::range_outside_file;
    if (range.after < range.before) return Integrity::range_overlaps;
    if (range.after - range.before < 2 || range.after - range.before > max_gap) return Integrity::range_gap;
    return Integrity::intact;
}

[[nodiscard]] bool is_hex_string(std::string_view text) {
    if (!text.starts_with('<') || !text.ends_with('>')) return false;
    text = text.substr(1, text.size() - 2);
    return text.size() % 2 == 0 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

} // namespace

Result<Covered> check_range(const InputFile& file, QPDFObjectHandle signature) {
    return guarded([&]() -> Result<Covered> {
        Covered covered;
        const auto range = numbers(value_of(signature, "/ByteRange"));
        if (!range) return covered;
        covered.range = *range;
        covered.state = judge(*range, file.size());
        if (covered.state != Integrity::intact) return covered;
        auto contents = value_of(signature, "/Contents");
        ACREDITA_TRY(gap,
                     file.read_at(range->before, static_cast<std::size_t>(range->after - range->before)));
        const auto text = as_text(gap);
        if (!is_hex_string(text)) {
            covered.state = Integrity::range_gap;
            return covered;
        }
        ACREDITA_TRY(bytes, from_hex(text.substr(1, text.size() - 2)));
        if (!contents.isString() || contents.getStringValue() != as_text(bytes)) {
            covered.state = Integrity::contents_differ;
            return covered;
        }
        covered.contents = std::move(bytes);
        return covered;
    });
}

} // namespace acredita::letter
