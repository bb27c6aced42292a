// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/call.hpp"

#include <array>

namespace acredita::reader::detail {

Result<void> judge(LONG code, std::string_view function, Stage stage, std::source_location where) {
    if (code == SCARD_S_SUCCESS) return {};
    const auto value = static_cast<std::uint32_t>(code);
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(value >> 24U), static_cast<std::uint8_t>(value >> 16U),
        static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value)};
    return fail(from_pcsc(value, stage), std::string(function) + " 0x" + to_hex(bytes), where);
}

} // namespace acredita::reader::detail
