// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The table [module] of a profile.
#pragma once

#include "firmware-profiles/profile/table_reader.hpp"

namespace acredita::profile {

// Absent: not present().
[[nodiscard]] MakerModule read_module(TableReader in, Report& report);

} // namespace acredita::profile
