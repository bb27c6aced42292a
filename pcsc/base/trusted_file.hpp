// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files that set how programs of every user behave: read only if nobody but their owner could have written
// them. What is wrong is told in words for the system's log.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace acredita {

enum class Links : bool { follow, refuse };

// Neither a text nor a trouble: there is no such file.
struct TrustedText {
    std::optional<std::string> text{};
    std::string trouble{};
};

// `folder`: an open folder, or AT_FDCWD. Never blocks on a pipe or a device.
[[nodiscard]] TrustedText read_trusted(int folder, const char* name, uid_t owner, std::size_t longest,
                                       Links links);

// A folder in which nobody but the owner can put, rename or remove anything; its descriptor, to be closed by
// the caller. -1 and no trouble: there is no such folder.
struct TrustedFolder {
    int descriptor = -1;
    std::string trouble{};
};
[[nodiscard]] TrustedFolder open_trusted_folder(int folder, const char* name, uid_t owner);

} // namespace acredita
