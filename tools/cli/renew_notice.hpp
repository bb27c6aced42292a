// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person takes home between the two letters: who will write, how a genuine message looks, what to
// bring. Acredita itself sends nothing.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/office/configuration.hpp"
#include "tools/renewal/desk.hpp"

namespace acredita::cli {

// "" unless something is waited for.
[[nodiscard]] std::string waiting_notice(const Program& program, const office::RenewalRules& rules,
                                         const renewal::Renewal& renewal);

// The same as a receipt in the folder, "resguardo-FOLIO.txt"; its name, or why it could not be written.
[[nodiscard]] Result<std::string> write_notice(const std::filesystem::path& folder, const std::string& notice,
                                               const renewal::Renewal& renewal);

} // namespace acredita::cli
