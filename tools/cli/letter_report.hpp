// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The verdict on a signature, for people and for programs.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::cli {

[[nodiscard]] Json verdict_json(const letter::SignatureVerdict& verdict);
// Lines for a terminal: the outcome, then each part.
[[nodiscard]] std::string verdict_text(const Program& program, const letter::SignatureVerdict& verdict);
// What is wrong with the worst of them; proof of possession is right only if it is what is wanted.
[[nodiscard]] std::optional<Error> fault_of(const letter::VerifyReport& report, bool possession_wanted);

} // namespace acredita::cli
