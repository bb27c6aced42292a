// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/match.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

bool holds(const AtrRule& rule, ByteView atr) noexcept {
    if (rule.value.size() != atr.size()) return false;
    for (std::size_t i = 0; i < atr.size(); ++i)
        if (((rule.value[i] ^ atr[i]) & rule.mask[i]) != 0) return false;
    return true;
}

bool common_atr(const AtrRule& a, const AtrRule& b) noexcept {
    if (a.value.size() != b.value.size()) return false;
    for (std::size_t i = 0; i < a.value.size(); ++i)
        if (((a.value[i] ^ b.value[i]) & a.mask[i] & b.mask[i]) != 0) return false;
    return true;
}

bool any_atr(const Match& rules) noexcept { return rules.atr.empty() && rules.historical.empty(); }

// What is known by its ATR comes before what is known by its label, and that before what only fills gaps.
constexpr std::size_t ranks = 3;
std::size_t rank_of(const Match& rules) noexcept { return rules.generic ? 2U : any_atr(rules) ? 1U : 0U; }

// Whether one ATR could pass both. An exact rule and a rule of historical bytes are compared by the former's
// bytes, which is right unless its mask hides some of them; then the rules count as overlapping only if the
// bytes are equal.
bool common_atr(const Match& a, const Match& b) noexcept {
    if (any_atr(a) || any_atr(b)) return true;
    for (const auto& x : a.atr)
        for (const auto& y : b.atr)
            if (common_atr(x, y)) return true;
    for (const auto& x : a.historical)
        for (const auto& y : b.historical)
            if (equal(x, y)) return true;
    const auto mixed = [](const Match& m, const Match& n) {
        for (const auto& x : m.atr)
            for (const auto& y : n.historical)
                if (equal(historical_bytes(x.value), y)) return true;
        return false;
    };
    return mixed(a, b) || mixed(b, a);
}

bool label_holds(const Match& rules, ByteView answer) noexcept {
    const auto label = find_tlv(answer, {0x61, 0x50});
    if (rules.no_label) return !label;
    if (rules.label_prefix.empty()) return true;
    return label && as_text(*label).starts_with(rules.label_prefix);
}

bool common_label(const Match& a, const Match& b) noexcept {
    const bool silent_a = a.label_prefix.empty();
    const bool silent_b = b.label_prefix.empty();
    if (a.no_label) return silent_b;
    if (b.no_label) return silent_a;
    return a.label_prefix.starts_with(b.label_prefix) || b.label_prefix.starts_with(a.label_prefix);
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

bool possible(const Profile& profile, ByteView atr) noexcept {
    const auto& rules = profile.match;
    if (any_atr(rules)) return true;
    const auto historical = historical_bytes(atr);
    return std::any_of(rules.atr.begin(), rules.atr.end(),
                       [&](const auto& rule) { return holds(rule, atr); }) ||
           std::any_of(rules.historical.begin(), rules.historical.end(),
                       [&](const auto& bytes) { return equal(bytes, historical); });
}

std::vector<ByteView> aids_to_probe(std::span<const Profile> profiles, ByteView atr) {
    std::vector<const Profile*> candidates;
    for (const auto& one : profiles)
        if (possible(one, atr)) candidates.push_back(&one);
    std::stable_sort(candidates.begin(), candidates.end(), [](const Profile* a, const Profile* b) {
        const bool sure_a = !any_atr(a->match);
        const bool sure_b = !any_atr(b->match);
        return sure_a != sure_b ? sure_a : a->match.probe_order < b->match.probe_order;
    });
    std::vector<ByteView> aids;
    for (const auto* one : candidates)
        if (std::none_of(aids.begin(), aids.end(), [&](ByteView aid) { return equal(aid, one->match.aid); }))
            aids.push_back(one->match.aid);
    return aids;
}

const Profile* match(std::span<const Profile> profiles, ByteView atr,
                     std::span<const SelectAnswer> answers) noexcept {
    const Profile* found[ranks] = {};
    bool twice[ranks] = {};
    for (const auto& one : profiles) {
        if (!possible(one, atr)) continue;
        for (const auto& answer : answers) {
            if (!answer.sw.ok() || !equal(answer.aid, one.match.aid) || !label_holds(one.match, answer.data))
                continue;
            const auto rank = rank_of(one.match);
            twice[rank] = twice[rank] || found[rank] != nullptr;
            found[rank] = &one;
        }
    }
    for (std::size_t rank = 0; rank < ranks; ++rank)
        if (found[rank] != nullptr) return twice[rank] ? nullptr : found[rank];
    return nullptr;
}

bool overlap(const Profile& one, const Profile& other) noexcept {
    const auto& a = one.match;
    const auto& b = other.match;
    return rank_of(a) == rank_of(b) && equal(a.aid, b.aid) && common_atr(a, b) && common_label(a, b);
}

} // namespace acredita::profile
