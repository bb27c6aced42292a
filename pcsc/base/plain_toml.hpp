// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Text on its way to toml++, which trusts its callers too much: version 3.3 runs into code marked as
// unreachable, or asserts, on letters outside of ASCII between values or in a word that makes no sense, and
// on a table whose name begins with no letter of a name. Whatever configures us is written in the subset that
// cannot do this.
#pragma once

#include <string>

namespace acredita {

// Replaces letters outside of ASCII in comments; nowhere else may they stand, not even in a string. The
// number of the first line that must not be parsed, 0 if all may.
[[nodiscard]] unsigned make_plain_toml(std::string& text);

// For files in which people write names: letters outside of ASCII between double quotes become escapes
// (\u00F3), which toml++ turns back into what they were. What is no UTF-8 stays, for make_plain_toml() to
// find.
void escape_letters(std::string& text);

} // namespace acredita
