// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/match.hpp"

#include "firmware-profiles/profile/atr.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

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
            if (common(x, y)) return true;
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

bool answer_holds(const Match& rules, ByteView answer) noexcept {
    if (rules.no_answer) return answer.empty();
    if (rules.answer_tag != 0 && (answer.empty() || answer.front() != rules.answer_tag)) return false;
    if (answer.size() < rules.answer.size() || !equal(answer.first(rules.answer.size()), rules.answer))
        return false;
    const auto label = find_tlv(answer, {0x61, 0x50});
    if (rules.no_label) return !label;
    if (rules.label_prefix.empty()) return true;
    return label && as_text(*label).starts_with(rules.label_prefix);
}

bool common_answer(const Match& a, const Match& b) noexcept {
    if (a.no_answer) return b.answer.empty();
    if (b.no_answer) return a.answer.empty();
    const auto shorter = std::min(a.answer.size(), b.answer.size());
    return equal(a.answer.first(shorter), b.answer.first(shorter));
}

bool common_label(const Match& a, const Match& b) noexcept {
    if (!common_answer(a, b)) return false;
    const bool silent_a = a.label_prefix.empty();
    const bool silent_b = b.label_prefix.empty();
    if (a.no_label) return silent_b;
    if (b.no_label) return silent_a;
    return a.label_prefix.starts_with(b.label_prefix) || b.label_prefix.starts_with(a.label_prefix);
}

} // namespace

bool names(const Profile& profile, ByteView aid) noexcept {
    const auto& rules = profile.match;
    return equal(aid, rules.aid) || std::any_of(rules.more_aids.begin(), rules.more_aids.end(),
                                                [&](ByteView one) { return equal(aid, one); });
}

bool possible(const Profile& profile, ByteView atr) noexcept {
    const auto& rules = profile.match;
    if (any_atr(rules)) return true;
    const auto historical = historical_bytes(atr);
    return holds_any(rules.atr, atr) ||
           std::any_of(rules.historical.begin(), rules.historical.end(),
                       [&](const auto& bytes) { return equal(bytes, historical); });
}

std::vector<ByteView> aids_to_probe(std::span<const Profile> profiles, ByteView atr) {
    std::vector<const Profile*> candidates;
    for (const auto& one : profiles)
        if (!one.match.aid.empty() && possible(one, atr)) candidates.push_back(&one);
    std::stable_sort(candidates.begin(), candidates.end(), [](const Profile* a, const Profile* b) {
        const bool sure_a = !any_atr(a->match);
        const bool sure_b = !any_atr(b->match);
        return sure_a != sure_b ? sure_a : a->match.probe_order < b->match.probe_order;
    });
    std::vector<ByteView> aids;
    const auto add = [&](ByteView name) {
        if (std::none_of(aids.begin(), aids.end(), [&](ByteView aid) { return equal(aid, name); }))
            aids.push_back(name);
    };
    for (const auto* one : candidates) {
        add(one->match.aid);
        for (const auto& other : one->match.more_aids) add(other);
    }
    return aids;
}

namespace {
bool common_aid(const Profile& one, const Profile& other) noexcept {
    return names(one, other.match.aid) ||
           std::any_of(other.match.more_aids.begin(), other.match.more_aids.end(),
                       [&](ByteView aid) { return names(one, aid); });
}

} // namespace

const Profile* match(std::span<const Profile> profiles, ByteView atr,
                     std::span<const SelectAnswer> answers) noexcept {
    struct Found {
        const Profile* profile = nullptr;
        bool twice = false;
    };
    Found best[ranks];
    for (const auto& answer : answers) {
        if (!answer.sw.ok()) continue;
        Found here[ranks];
        for (const auto& one : profiles) {
            if (!names(one, answer.aid) || !possible(one, atr) || !answer_holds(one.match, answer.data) ||
                !(one.match.card_historical.empty() ||
                  equal(answer.card_historical, one.match.card_historical)))
                continue;
            auto& found = here[rank_of(one.match)];
            found = {&one, found.profile != nullptr};
        }
        for (std::size_t rank = 0; rank < ranks; ++rank)
            if (best[rank].profile == nullptr) best[rank] = here[rank];
    }
    for (const auto& found : best)
        if (found.profile != nullptr) return found.twice ? nullptr : found.profile;
    return nullptr;
}

bool overlap(const Profile& one, const Profile& other) noexcept {
    const auto& a = one.match;
    const auto& b = other.match;
    const bool told_apart = !a.card_historical.empty() && !b.card_historical.empty() &&
                            !equal(a.card_historical, b.card_historical);
    // A maker's profile without a rule is no card's.
    if ((one.module.present() && any_atr(a)) || (other.module.present() && any_atr(b))) return false;
    return rank_of(a) == rank_of(b) && common_aid(one, other) && common_atr(a, b) && common_label(a, b) &&
           !told_apart;
}

} // namespace acredita::profile
