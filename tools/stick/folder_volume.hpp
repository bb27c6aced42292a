// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a sub-folder says it is, as a stick of practice (folder.hpp).
#pragma once

#include "tools/stick/volume.hpp"

#include <filesystem>

namespace acredita::stick {

// `name` as it stands in `folder`; `inode` tells it from the next one of that name. What NAME.toml says
// wrongly is as if it were not said.
[[nodiscard]] Volume folder_volume(const std::filesystem::path& folder, const std::string& name,
                                   std::uint64_t inode);

} // namespace acredita::stick
