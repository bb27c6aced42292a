// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who hands a page out: the office as it writes of itself on letters (letters.toml). Pages other than letters
// do without it.
#pragma once

#include "tools/letter/document/office.hpp"

#include <optional>
#include <string>

namespace acredita::cli {

// The named file; where none is named, /etc/acredita/letters.toml if there is one.
[[nodiscard]] Result<std::optional<letter::Office>> letterhead(const std::string& file);

} // namespace acredita::cli
