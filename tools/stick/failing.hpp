// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What errno means on a stick: the same EIO is a stick that was pulled if it is gone, and a damaged one if it
// is still there.
#pragma once

#include "tools/stick/mounted.hpp"

namespace acredita::stick {

// `error` is the errno of a call that reads.
[[nodiscard]] Error reading_error(const Mounted& mounted, int error);
// `error` is the errno of a call that writes.
[[nodiscard]] Error writing_error(const Mounted& mounted, int error);

} // namespace acredita::stick
