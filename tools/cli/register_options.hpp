// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What `register`, `unregister` and `doctor browsers` have in common on the command line: for whom, and which
// module.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/register/places.hpp"

#include <set>

namespace acredita::cli {

struct RegisterOptions {
    bool system = false;
    std::string user;
    bool firefox = false;
    bool nss = false;
    bool p11_kit = false;
    bool trial = false;
    bool for_card = false;  // the module that serves the card in the reader, which may be its maker's
    std::string root = "/"; // for tests
    std::string home;       // for tests

    // No kind named: all.
    [[nodiscard]] bool wants(registration::Kind kind) const noexcept;
};

// --system, --user, --module and what is for tests.
void site_options(CLI::App& command, Program& program, RegisterOptions& options);
// --firefox, --nss, --p11-kit, --dry-run, --for-card.
void place_options(CLI::App& command, Program& program, RegisterOptions& options);

// Where to look and change. `--user` makes this whole process that person's: as root nothing is written in a
// home.
[[nodiscard]] Result<registration::Site> site_of(const RegisterOptions& options);
[[nodiscard]] registration::What what_of(const Program& program);
// The same with the module that serves the card now in the reader, if `options` ask for that.
[[nodiscard]] Result<registration::What> what_of(const Program& program, const RegisterOptions& options);

// One error of one place, as people and as programs read it.
[[nodiscard]] Json error_json(const Program& program, const Error& error);
void print_error(const Program& program, const Error& error);

} // namespace acredita::cli
