// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads the tables files, presentation and operation of a profile (files_table.hpp).
#pragma once

#include "firmware-profiles/profile/table_reader.hpp"

namespace acredita::profile {

// Every one of them is needed, if this is a card of files; none may be there otherwise.
[[nodiscard]] FileRules read_file_rules(TableReader& root, Report& report, bool wanted);

} // namespace acredita::profile
