// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files the program makes: readable by their owner only, never written through a symbolic link.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <filesystem>

namespace acredita::cli {

// file_unusable with the system's words in the detail.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& file, ByteView content);

} // namespace acredita::cli
