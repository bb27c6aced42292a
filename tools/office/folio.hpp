// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Folios of letters: "R-2026-000123-K", the year, a number that begins anew each year, and a letter by which
// a slip of the pen shows (the number with the year in front, by the rule of 23 letters that every DNI
// follows).
#pragma once

#include "tools/office/database.hpp"

namespace acredita::office {

// The next one of this year; inside of a write() it is only taken if that commits.
[[nodiscard]] Result<std::string> next_folio(Database& database, std::int64_t year);

// As people type it: blanks around it and small letters do no harm. folio_malformed.
[[nodiscard]] Result<std::string> read_folio(std::string_view typed);

} // namespace acredita::office
