// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Names that strangers gave to files and sticks, made safe for a page.
#pragma once

#include <string>
#include <string_view>

namespace acredita::stick {

// UTF-8 without control, format (direction!), private and unassigned characters; each of those, and each byte
// that is no UTF-8, is shown as U+FFFD. A name longer than `most` code points loses its middle, so that its
// end, which says what kind of file it is, can always be read.
[[nodiscard]] std::string shown(std::string_view name, std::size_t most = 64);

} // namespace acredita::stick
