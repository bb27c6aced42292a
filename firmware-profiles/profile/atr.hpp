// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a rule says of an answer to reset, or of its historical bytes. Pure functions.
#pragma once

#include "firmware-profiles/profile/profile.hpp"

namespace acredita::profile {

// The historical bytes of an ATR (ISO 7816-3:2006 8.2); empty if the ATR is cut short.
[[nodiscard]] ByteView historical_bytes(ByteView atr) noexcept;

[[nodiscard]] bool holds(const AtrRule& rule, ByteView bytes) noexcept;
[[nodiscard]] bool holds_any(std::span<const AtrRule> rules, ByteView bytes) noexcept;

// There could be bytes for which both hold.
[[nodiscard]] bool common(const AtrRule& a, const AtrRule& b) noexcept;

} // namespace acredita::profile
