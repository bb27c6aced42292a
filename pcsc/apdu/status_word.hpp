// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The two bytes that end every response (ISO 7816-4:2005 5.1.3).
#pragma once

#include <compare>
#include <cstdint>

namespace acredita {

struct StatusWord {
    std::uint16_t value = 0;

    friend constexpr auto operator<=>(const StatusWord&, const StatusWord&) = default;
    [[nodiscard]] constexpr std::uint8_t sw1() const noexcept {
        return static_cast<std::uint8_t>(value >> 8U);
    }
    [[nodiscard]] constexpr std::uint8_t sw2() const noexcept { return static_cast<std::uint8_t>(value); }
    [[nodiscard]] constexpr bool ok() const noexcept { return value == 0x9000; }
    // 63Cx: x further tries (7816-4 table 6).
    [[nodiscard]] constexpr bool has_tries() const noexcept { return (value & 0xFFF0U) == 0x63C0U; }
    [[nodiscard]] constexpr unsigned tries() const noexcept { return value & 0x000FU; }
    [[nodiscard]] constexpr bool more_data() const noexcept { return sw1() == 0x61; }
    [[nodiscard]] constexpr bool wrong_le() const noexcept { return sw1() == 0x6C; }
};

namespace sw {
inline constexpr StatusWord ok{0x9000};
inline constexpr StatusWord wrong_length{0x6700};
inline constexpr StatusWord chaining_not_supported{0x6884};
inline constexpr StatusWord security_not_satisfied{0x6982};
inline constexpr StatusWord blocked{0x6983};
inline constexpr StatusWord conditions_not_satisfied{0x6985};
inline constexpr StatusWord wrong_data{0x6A80};
inline constexpr StatusWord function_not_supported{0x6A81};
inline constexpr StatusWord file_not_found{0x6A82};
inline constexpr StatusWord no_room{0x6A84};
inline constexpr StatusWord wrong_parameters{0x6A86};
inline constexpr StatusWord reference_not_found{0x6A88};
inline constexpr StatusWord instruction_not_supported{0x6D00};
inline constexpr StatusWord class_not_supported{0x6E00};
} // namespace sw

} // namespace acredita
