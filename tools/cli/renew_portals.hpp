// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The portals that may still know the old certificate: one confirmation each, before that is gone.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/renewal/record.hpp"

namespace acredita::cli {

struct PortalAnswers {
    std::vector<std::string> done, without; // identifiers
    bool all = false;                       // every other one is done, too
};
void portal_options(CLI::App& command, Program& program, PortalAnswers& answers);

// Those that nobody has confirmed or left out, by identifier and by name.
struct OpenPortal {
    std::string id, name;
};
[[nodiscard]] std::vector<OpenPortal> open_portals(const Program& program, const renewal::Record& record);

// Writes the answers into the record, and asks on the terminal for those that are missing.
// renewal.portal_unknown.
[[nodiscard]] Result<void> answer_portals(const Program& program, const PortalAnswers& answers,
                                          renewal::Record& record);

} // namespace acredita::cli
