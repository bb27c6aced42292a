// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the traced program's exchanges are written (tools/trace/trace.hpp). Lives inside a foreign program,
// so: no allocation, no C++ runtime, no file descriptor kept, errno as it was, one lock around one static
// buffer, and nothing that ends before the program does.
#pragma once

#include "tools/trace/visible.hpp"

namespace acredita::trace {

// One remark: "# " and the pieces; control characters become '?'.
void write_remark(const char* word, const char* text, View bytes, long code) noexcept;

// One exchange on `card` with the outcome of SCardTransmit (0 is success).
void write_exchange(long card, View command, View answer, long code) noexcept;

} // namespace acredita::trace
