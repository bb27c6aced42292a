// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program of NSS, run for a database of the person who runs us.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/register/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace acredita::registration {

// tool_missing, or tool_failed with the first line of what it said. Nothing of our environment goes with it
// but the home, and it is ended after a minute.
[[nodiscard]] Result<void> run_tool(const std::filesystem::path& program,
                                    const std::vector<std::string>& arguments,
                                    const std::filesystem::path& home);

inline constexpr const char* modutil = "/usr/bin/modutil";
inline constexpr const char* certutil = "/usr/bin/certutil";

} // namespace acredita::registration
