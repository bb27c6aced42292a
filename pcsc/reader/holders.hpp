// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who else has a connection to pcscd, for the sentence "another program keeps the card": the kernel is asked
// which sockets of pcscd are connected to which (netlink, sock_diag) and /proc whose they are. Best effort:
// an ordinary user sees his own programs only, and a pcscd in another network namespace shows none. Linux.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace acredita::reader {

struct Holder {
    pid_t pid = 0;
    std::string program; // as the process calls itself (comm)
};

// Without this process, by pid, each once. Empty if it cannot be known.
[[nodiscard]] std::vector<Holder> holders();

} // namespace acredita::reader
