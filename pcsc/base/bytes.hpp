// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Byte strings: owned (Bytes), looked at (ByteView), and their hexadecimal spelling.
#pragma once

#include "pcsc/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acredita {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

enum class bytes_errc { not_hex = 1, too_short, malformed_tlv };

template <>
struct ErrorTable<bytes_errc> {
    static constexpr std::string_view family = "bytes";
    static constexpr ErrorRow<bytes_errc> rows[] = {
        {bytes_errc::not_hex, "not_hex", "the text is not hexadecimal"},
        {bytes_errc::too_short, "too_short", "the data end too early"},
        {bytes_errc::malformed_tlv, "malformed_tlv", "the data are not well-formed BER-TLV"},
    };
};

// Upper-case hexadecimal without separators, as card documents print it.
[[nodiscard]] std::string to_hex(ByteView bytes);

// Accepts upper and lower case, spaces and colons between bytes; everything else is not_hex.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

[[nodiscard]] inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] inline Bytes copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline void append(Bytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }
[[nodiscard]] Bytes concat(std::initializer_list<ByteView> parts);
[[nodiscard]] bool equal(ByteView a, ByteView b) noexcept;

} // namespace acredita
