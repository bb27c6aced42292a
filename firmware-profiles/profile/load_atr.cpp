// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_atr.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

constexpr std::size_t longest_atr = 33; // ISO 7816-3:2006 8.2.1

void read_range(TableReader& in, AtrRule& rule) {
    in.number("at", rule.at, 0, longest_atr);
    rule.from = in.hex("from");
    rule.below = in.hex("below");
    const auto size = std::max(rule.from.size(), rule.below.size());
    if (in.has("at") && size == 0) in.mistake(profile_errc::missing_key, "from");
    if (!rule.from.empty() && !rule.below.empty() &&
        (rule.from.size() != rule.below.size() ||
         !std::lexicographical_compare(rule.from.begin(), rule.from.end(), rule.below.begin(),
                                       rule.below.end())))
        in.mistake(profile_errc::contradiction, "below");
    if (rule.at + size > rule.value.size()) in.mistake(profile_errc::out_of_range, "at");
}

} // namespace

std::span<const AtrRule> read_atr_rules(TableReader& in, std::string_view key, std::size_t shortest,
                                        Report& report) {
    std::vector<AtrRule> rules;
    for (auto& row : in.tables(key)) {
        AtrRule one{row.hex("value", Need::required), row.hex("mask")};
        if (!row.has("mask")) one.mask = report.arena.keep(Bytes(one.value.size(), 0xFF));
        if (one.mask.size() != one.value.size()) row.mistake(profile_errc::contradiction, "mask");
        if (one.value.size() < shortest || one.value.size() > longest_atr)
            row.mistake(profile_errc::out_of_range, "value");
        read_range(row, one);
        row.finish();
        rules.push_back(one);
    }
    return report.arena.keep(std::move(rules));
}

} // namespace acredita::profile
