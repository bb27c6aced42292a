// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a command inside a practice and ends with what it ended with.
#pragma once

#include "pcsc/base/error.hpp"

#include <string>
#include <vector>

namespace acredita::practice {

class Session;

// The exit code, 128 + n after signal n. SIGINT, SIGTERM and SIGHUP that reach this process are passed on.
// practice.command_not_found if it cannot be run. What the command leaves running is ended with it.
[[nodiscard]] Result<int> run_inside(const Session& session, const std::vector<std::string>& command);

} // namespace acredita::practice
