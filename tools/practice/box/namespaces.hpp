// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A mount and a network namespace for this process; as an ordinary user, a user namespace around them.
#pragma once

#include <filesystem>

namespace acredita::practice::box {

// Afterwards `run` stands where /run was, and nothing but a loopback interface is there. False if the kernel
// refuses. Only for a process with a single thread.
[[nodiscard]] bool enter_namespaces(const std::filesystem::path& run);

} // namespace acredita::practice::box
