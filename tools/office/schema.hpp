// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The tables, as the list of steps that lead to them. A step that was once delivered never changes; a new
// form of the tables is a new step at the end.
#pragma once

#include "tools/office/database.hpp"

namespace acredita::office {

// Carries out the steps that this database has not seen, all or none. database_newer if it has seen more than
// this program knows.
[[nodiscard]] Result<void> migrate(Database& database);

[[nodiscard]] std::int64_t newest_version() noexcept;

} // namespace acredita::office
