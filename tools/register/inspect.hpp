// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The medic of the browsers: everything that keeps a card from working in them, and the repair.
#pragma once

#include "tools/register/places.hpp"

namespace acredita::registration {

enum class Repair {
    here,       // repair() does it
    on_request, // repair() does it if OpenSC may be taken out
    by_hand,
};

struct Finding {
    Error fault;
    Repair repair = Repair::by_hand;
};

struct Report {
    std::vector<Finding> findings;
    std::vector<Error> failed; // repairs that were tried and did not succeed
};

// A person's report looks at the machine's places as well.
[[nodiscard]] std::vector<Finding> inspect(const Site& site, const What& what);

// Does what can be done and looks again: `findings` is what is left.
[[nodiscard]] Report repair(const Site& site, const What& what, bool without_opensc);

[[nodiscard]] std::string_view name_of(Repair repair) noexcept;

} // namespace acredita::registration
