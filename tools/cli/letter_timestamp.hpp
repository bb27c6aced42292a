// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which timestamp authority a letter is sent to: the one that is named, else the configured one, else none.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/letter/cms/timestamp.hpp"

namespace acredita::cli {

struct TimestampChoice {
    std::string url, policy, tls_authorities;
    std::vector<std::string> authorities;
    bool or_unstamped = false;
    bool none = false;
};

void timestamp_options(CLI::App& command, Program& program, TimestampChoice& choice);

// nullopt: no timestamp is wanted.
[[nodiscard]] Result<std::optional<letter::TimestampOrder>> timestamp_order(const TimestampChoice& choice);

} // namespace acredita::cli
