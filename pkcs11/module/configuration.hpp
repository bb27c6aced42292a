// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the administrator of a computer may set (docs/module-configuration.md). One file that belongs to root;
// users have none, so none of them can weaken it for a program. A file that is damaged or that somebody else
// could have written counts as a whole for nothing: the values below hold, and the complaint is one line for
// the system's log.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace acredita::module {

struct Settings {
    bool guard_last_try = true; // C_Login never sends the PIN that could block the card
    bool keypads = true;        // of readers that have one
    bool certificate_cache = true;
    std::chrono::seconds remember_pin{0}; // after another program's reset; 0: never
    std::vector<std::string> confirmed{}; // profiles tried on a real card here (docs/spanish-cards.md)
};

struct Configuration {
    Settings settings{};
    std::string complaint{}; // empty: none
};

inline constexpr const char* configuration_file = "/etc/acredita/module.toml";

// `owner`: who must own the file. No file is no complaint.
[[nodiscard]] Configuration read_configuration(const std::filesystem::path& file, uid_t owner = 0);

} // namespace acredita::module
