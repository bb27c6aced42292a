// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/family.hpp"

#include "firmware-profiles/profile/atr.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

bool common_any(std::span<const AtrRule> a, std::span<const AtrRule> b) noexcept {
    return std::any_of(a.begin(), a.end(), [&](const AtrRule& one) {
        return std::any_of(b.begin(), b.end(), [&](const AtrRule& other) { return common(one, other); });
    });
}

// An exact rule beside one for historical bytes, by the bytes of the former.
bool mixed(const Family& a, const Family& b) noexcept {
    return std::any_of(a.atr.begin(), a.atr.end(), [&](const AtrRule& one) {
        return holds_any(b.historical, historical_bytes(one.value));
    });
}

} // namespace

const Family* family_of(std::span<const Family> families, ByteView atr) noexcept {
    const auto historical = historical_bytes(atr);
    const auto found = std::find_if(families.begin(), families.end(), [&](const Family& one) {
        return holds_any(one.atr, atr) || holds_any(one.historical, historical);
    });
    return found == families.end() ? nullptr : &*found;
}

bool overlap(const Family& one, const Family& other) noexcept {
    return common_any(one.atr, other.atr) || common_any(one.historical, other.historical) ||
           mixed(one, other) || mixed(other, one);
}

} // namespace acredita::profile
