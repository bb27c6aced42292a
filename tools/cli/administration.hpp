// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The office's keys to write on cards, from where the command line or the configuration says.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/issue/administration.hpp"

namespace acredita::cli {

struct AdministrationOptions {
    int key_descriptor = -1;
    int so_pin_descriptor = -1;
    bool factory_key = false;
};

// --admin-key-fd, --so-pin-fd, --factory-admin-key.
void administration_options(CLI::App& command, Program& program, AdministrationOptions& options);

// Empty if this office has none.
[[nodiscard]] Result<issue::AdministrationKey> administration_key(const AdministrationOptions& options,
                                                                  const issue::Configuration& configuration);
// The SO PIN that a maker's module wants, if the office has one.
[[nodiscard]] Result<Secret> makers_administration(const AdministrationOptions& options,
                                                   const issue::Configuration& configuration);

} // namespace acredita::cli
