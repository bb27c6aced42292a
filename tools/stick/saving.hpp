// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One file onto a stick that is mounted for it: written under a passing name, brought to the medium, then
// named. The mounting around it is Sticks::save().
#pragma once

#include "tools/stick/mounted.hpp"

namespace acredita::stick {

// A name that FAT, exFAT, NTFS and people take: 1 to 120 bytes of UTF-8, nothing that cannot be shown, none
// of \ / : * ? " < > |, no dot or blank at an end, no device of Windows ("NUL.pdf"). Source: Microsoft,
// Naming Files, Paths, and Namespaces.
[[nodiscard]] bool suitable_name(std::string_view name);

// The name it got: `name`, or "stem (2).end" if that is taken. Errors: of Sticks::save().
[[nodiscard]] Result<std::string> write_new(const Mounted& mounted, std::string_view name, ByteView bytes);

} // namespace acredita::stick
