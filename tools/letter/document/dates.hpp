// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Points in time as documents write them.
#pragma once

#include <chrono>
#include <string>

namespace acredita::letter {

[[nodiscard]] std::string iso_time(std::chrono::sys_seconds time); // 2026-11-21T09:43:00Z (ISO 8601)
[[nodiscard]] std::string pdf_time(std::chrono::sys_seconds time); // D:20261121094300Z (ISO 32000-1 7.9.4)

} // namespace acredita::letter
