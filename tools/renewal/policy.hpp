// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// When an office renews a certificate, and how a certificate stands today. The window of sixty days and "once
// online" are FNMT's conditions for a renewal without going to an office.
#pragma once

#include "tools/renewal/errors.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace acredita::renewal {

using Time = std::chrono::sys_seconds;

enum class Policy {
    fnmt,            // in the last sixty days, not expired, once
    expired_allowed, // from the last sixty days on, expired ones as well
    supervisor,      // as fnmt; whatever else with a supervisor's reason
};
[[nodiscard]] std::string_view name(Policy) noexcept; // "expired-allowed"
[[nodiscard]] std::optional<Policy> policy_named(std::string_view) noexcept;

inline constexpr std::chrono::days window{60};

struct Question {
    Time not_before{}, not_after{}, now{};
    bool renewed_before = false; // this certificate was the new one of a renewal
    bool supervisor = false;     // one is there
    std::string reason{};
};
// too_early, expired_refused, renewed_before, not_yet_valid, supervisor_needed, reason_needed.
[[nodiscard]] Result<void> permit(Policy, const Question&);

enum class Standing { valid, ends_soon, expired, not_yet_valid };
struct Validity {
    Standing standing = Standing::valid;
    long days = 0; // until it ends, or since it has
};
[[nodiscard]] Validity validity(Time not_before, Time not_after, Time now) noexcept;

} // namespace acredita::renewal
