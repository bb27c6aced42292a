// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The part of the schema that profiles and families share: rules about the answer to reset.
#pragma once

#include "firmware-profiles/profile/table_reader.hpp"

namespace acredita::profile {

// A list of tables { value, mask, at, from, below }. contradiction: a mask of another length, a range that
// no bytes can be in or that lies outside of the value.
[[nodiscard]] std::span<const AtrRule> read_atr_rules(TableReader& in, std::string_view key,
                                                      std::size_t shortest, Report& report);

} // namespace acredita::profile
