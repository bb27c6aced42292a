// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Opens what lies beneath a folder, and nothing else: no link is followed at any place of the path, no other
// file system entered, ".." never climbs out. Source: openat2(2), Linux 5.6.
#pragma once

#include "tools/stick/descriptor.hpp"

#include <string>

namespace acredita::stick {

enum class Wanted { file, folder };

// `path` is relative to `root`; "" is root itself. A FIFO or a device does not keep the caller waiting and is
// not a file. On failure the descriptor is empty and errno tells why: ELOOP (a link), EXDEV (another file
// system, or out of the root), ENOTDIR, ENOENT, EIO...
[[nodiscard]] Descriptor open_beneath(int root, const std::string& path, Wanted wanted) noexcept;

// The same without openat2, for kernels and sandboxes that do not let it through: folder after folder.
[[nodiscard]] Descriptor open_by_steps(int root, const std::string& path, Wanted wanted) noexcept;

} // namespace acredita::stick
