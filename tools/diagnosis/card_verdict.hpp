// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person is told of a card that cannot be served: why, what to ask for, what to do meanwhile, whom to
// ask. One sheet for each of the three verdicts, filled in by the card's family.
#pragma once

#include "firmware-profiles/profile/family.hpp"
#include "tools/diagnosis/recipe.hpp"

namespace acredita::diagnosis {

// "no-application", "makers-module", "unknown".
[[nodiscard]] std::string_view name_of(profile::Verdict verdict) noexcept;

// `family` may be nullptr: unknown. `contact`: whom to ask, in the office's own words; empty: technical
// support.
[[nodiscard]] Page page_of(const profile::Family* family, ByteView atr, const std::string& contact,
                           catalogue::Language language);

} // namespace acredita::diagnosis
