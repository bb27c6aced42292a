// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Dates of PDF documents (ISO 32000-1:2008 7.9.4).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace acredita::letter {

// "D:20261121094300+01'00'"; parts missing from the right have their smallest value. nullopt if it is no
// date.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_pdf_date(std::string_view text);

} // namespace acredita::letter
