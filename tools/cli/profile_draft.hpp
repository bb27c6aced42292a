// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The first draft of a profile, from a report of `acredita card probe`: the words of the built-in profile
// whose application the card answered, with what the report says of this card in their place.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pcsc/base/error.hpp"

#include <string>
#include <string_view>

namespace acredita::cli {

struct Draft {
    std::string text; // TOML
    std::string base; // the profile it was made from
};

// `report`: JSON, from anybody. report_unusable with the reason; draft_without_base if no application
// answered that a built-in profile reads. The name: letters, digits and hyphens.
[[nodiscard]] Result<Draft> draft_profile(std::string_view report, std::string_view name);

} // namespace acredita::cli
