// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where secrets come from: a line typed at the terminal without echo, or one line of a file descriptor. Never
// from arguments or the environment. Errors: cli_errc, issue.cancelled.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/cli/error.hpp"

#include <string>

namespace acredita::cli {

inline constexpr std::size_t longest_secret = 1024;

// The first line, without its end; the descriptor stays open.
[[nodiscard]] Result<Secret> secret_from_descriptor(int descriptor);

// Asks on /dev/tty; a bullet for each character, backspace works, Ctrl-C and Ctrl-D cancel. Nothing of it
// ever lies in memory that is not wiped. `option` is named if there is no terminal.
[[nodiscard]] Result<Secret> secret_from_terminal(const std::string& prompt, const std::string& option);

// From the descriptor if there is one (>= 0), else from the terminal.
[[nodiscard]] Result<Secret> secret_from(int descriptor, const std::string& prompt,
                                         const std::string& option);

// One visible line from /dev/tty.
[[nodiscard]] Result<std::string> answer_from_terminal(const std::string& prompt, const std::string& option);

} // namespace acredita::cli
