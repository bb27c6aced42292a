// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads a backup from a stick. The path comes from a person, the file from a stranger: only regular files, no
// symbolic link at the end, never blocking on a FIFO, at most 10 MiB. Bytes are wiped when freed, because
// some backups hold their key in clear. Errors: unreadable_file (detail: errno's text), too_large.
#pragma once

#include "pcsc/base/secret.hpp"

#include <filesystem>

namespace acredita::p12 {

inline constexpr std::size_t largest_file = std::size_t{10} * 1024 * 1024;

[[nodiscard]] Result<ZeroingBytes> read_file(const std::filesystem::path& path);

// The same for a descriptor the caller opened and keeps.
[[nodiscard]] Result<ZeroingBytes> read_descriptor(int descriptor);

} // namespace acredita::p12
