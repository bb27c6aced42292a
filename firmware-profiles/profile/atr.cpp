// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/atr.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

bool less(ByteView a, ByteView b) noexcept {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

bool in_range(const AtrRule& rule, ByteView bytes) noexcept {
    const auto size = std::max(rule.from.size(), rule.below.size());
    if (size == 0) return true;
    if (rule.at > bytes.size() || size > bytes.size() - rule.at) return false;
    const auto number = bytes.subspan(rule.at, size);
    return (rule.from.empty() || !less(number, rule.from)) &&
           (rule.below.empty() || less(number, rule.below));
}

bool apart(const AtrRule& a, const AtrRule& b) noexcept {
    return a.at == b.at && !a.below.empty() && a.below.size() == b.from.size() && !less(b.from, a.below);
}

} // namespace

ByteView historical_bytes(ByteView atr) noexcept {
    if (atr.size() < 2) return {};
    const std::size_t count = atr[1] & 0x0FU;
    std::size_t at = 2;
    bool check_byte = false;
    unsigned present = atr[1] >> 4U;
    for (;;) {
        for (unsigned bit = 0; bit < 3; ++bit) at += (present >> bit) & 1U;
        if ((present & 8U) == 0) break;
        if (at >= atr.size()) return {};
        const auto td = atr[at++];
        check_byte = check_byte || (td & 0x0FU) != 0; // TCK is there unless T=0 alone is offered
        present = td >> 4U;
    }
    if (at + count + (check_byte ? 1U : 0U) > atr.size()) return {};
    return atr.subspan(at, count);
}

bool holds(const AtrRule& rule, ByteView bytes) noexcept {
    if (rule.value.size() != bytes.size()) return false;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (((rule.value[i] ^ bytes[i]) & rule.mask[i]) != 0) return false;
    return in_range(rule, bytes);
}

bool holds_any(std::span<const AtrRule> rules, ByteView bytes) noexcept {
    return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return holds(rule, bytes); });
}

bool common(const AtrRule& a, const AtrRule& b) noexcept {
    if (a.value.size() != b.value.size() || apart(a, b) || apart(b, a)) return false;
    for (std::size_t i = 0; i < a.value.size(); ++i)
        if (((a.value[i] ^ b.value[i]) & a.mask[i] & b.mask[i]) != 0) return false;
    return true;
}

} // namespace acredita::profile
