// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files in which an office writes its own words, in TOML: read whole, of bounded size, letters outside of
// ASCII spelt as escapes of TOML's basic strings before the parser sees them (which is why such files use no
// literal strings, '...').
#pragma once

#include "pcsc/base/toml.hpp"
#include "tools/letter/document/errors.hpp"

#include <filesystem>
#include <string>

namespace acredita::letter {

// bad_template with the line as detail.
[[nodiscard]] Result<toml::table> parse_words(const std::string& text);
// The same with the file's name before it.
[[nodiscard]] Result<std::string> read_words(const std::filesystem::path& file);
[[nodiscard]] Error in_file(const std::filesystem::path& file, Error error);

} // namespace acredita::letter
