// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an office writes of itself on its letters: /etc/acredita/letters.toml (docs/letters.md).
#pragma once

#include "tools/letter/document/values.hpp"

#include <filesystem>

namespace acredita::letter {

inline constexpr const char* office_file = "/etc/acredita/letters.toml";

// document.bad_template with the file and the line, or the key that is missing, as detail.
[[nodiscard]] Result<Office> read_office(const std::filesystem::path& file);

} // namespace acredita::letter
