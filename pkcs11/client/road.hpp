// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The way to one module: ours in this process, anybody else's apart.
#pragma once

#include "pkcs11/client/module.hpp"
#include "pkcs11/client/module_file.hpp"

namespace acredita::client {

struct Road {
    std::filesystem::path file{};
    bool apart = false;
    Manners manners{};                 // of a module apart
    Custody custody = Custody::person; // of its file
    Bytes sha256{};                    // which it must have; empty: any
    std::string profile{};             // that describes it; empty: none does
};

// A module of ours is known by its file's name: to ask it, it would have to be loaded.
[[nodiscard]] bool is_ours(const std::filesystem::path& file);

// A module apart is checked first (module_file.hpp).
[[nodiscard]] Result<std::shared_ptr<Module>> open(const Road& road);

} // namespace acredita::client
