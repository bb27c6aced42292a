// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/commands.hpp"

namespace acredita::cli {

void add_p12(CLI::App& app, Program& program) {
    auto& group = program.group(app, "p12", "p12");
    add_p12_inspect(group, program);
    add_p12_recipe(group, program);
}

} // namespace acredita::cli
