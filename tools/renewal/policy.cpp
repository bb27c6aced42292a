// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/policy.hpp"

#include <algorithm>
#include <array>

namespace acredita::renewal {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::array names{"fnmt", "expired-allowed", "supervisor"};

std::string day(Time time) {
    const std::chrono::year_month_day date(floor<days>(time));
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(int(date.year())) + "-" + two(unsigned(date.month())) + "-" +
           two(unsigned(date.day()));
}

Result<void> by_window(const Question& asked, bool expired_too) {
    const auto how = validity(asked.not_before, asked.not_after, asked.now);
    if (how.standing == Standing::valid) return fail(renewal_errc::too_early, day(asked.not_after - window));
    if (how.standing == Standing::expired && !expired_too)
        return fail(renewal_errc::expired_refused, day(asked.not_after));
    return {};
}

Result<void> by_fnmt(const Question& asked) {
    ACREDITA_CHECK(by_window(asked, false));
    if (asked.renewed_before) return fail(renewal_errc::renewed_before);
    return {};
}

} // namespace

std::string_view name(Policy policy) noexcept { return names.at(static_cast<std::size_t>(policy)); }

std::optional<Policy> policy_named(std::string_view text) noexcept {
    for (const auto policy : {Policy::fnmt, Policy::expired_allowed, Policy::supervisor})
        if (name(policy) == text) return policy;
    return std::nullopt;
}

Result<void> permit(Policy policy, const Question& asked) {
    if (asked.now < asked.not_before) return fail(renewal_errc::not_yet_valid, day(asked.not_before));
    if (policy == Policy::expired_allowed) return by_window(asked, true);
    auto plain = by_fnmt(asked);
    if (plain || policy == Policy::fnmt) return plain;
    if (!asked.supervisor) return fail(renewal_errc::supervisor_needed);
    if (asked.reason.empty()) return fail(renewal_errc::reason_needed);
    return {};
}

Validity validity(Time not_before, Time not_after, Time now) noexcept {
    if (now < not_before) return {Standing::not_yet_valid, floor<days>(not_before - now).count()};
    if (now > not_after) return {Standing::expired, floor<days>(now - not_after).count()};
    const auto left = not_after - now;
    return {left <= window ? Standing::ends_soon : Standing::valid, floor<days>(left).count()};
}

} // namespace acredita::renewal
