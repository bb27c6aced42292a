// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What this computer knows of its clock.
#pragma once

#include "tools/desk/preflight.hpp"

namespace acredita::desk {

// Asks the kernel, and the office's journal if there is one and it can be read.
[[nodiscard]] ClockFacts clock_facts();

} // namespace acredita::desk
