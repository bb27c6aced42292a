// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The page a person sees after a visit: one HTML file that needs nothing else, in their language.
#pragma once

#include "tools/browser_test/visit.hpp"
#include "tools/catalogue/language.hpp"

namespace acredita::browser_test {

[[nodiscard]] std::string page(const Visit& visit, catalogue::Language language);

// Text as it may stand in an element or a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace acredita::browser_test
