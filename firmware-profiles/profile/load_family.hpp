// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads and checks the table of families, when the project is built and in tests.
#pragma once

#include "firmware-profiles/profile/arena.hpp"
#include "firmware-profiles/profile/error.hpp"
#include "firmware-profiles/profile/family.hpp"

namespace acredita::profile {

struct CheckedFamilies {
    Arena arena{};
    std::vector<Family> families{};
    std::vector<Mistake> mistakes{}; // empty: `families` may be used
};

// `file` is only for the mistakes. Families of which one answer to reset could be are one of them.
[[nodiscard]] CheckedFamilies check_families(std::string_view text, std::string file);

} // namespace acredita::profile
