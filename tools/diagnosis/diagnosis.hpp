// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// From what was found in a backup to what its holder is told: one message (what happened, what it means, what
// to do now, code), remarks, and the pages that show how to make the backup again. For the command line and
// the kiosk alike.
#pragma once

#include "tools/diagnosis/recipe.hpp"

namespace acredita::diagnosis {

struct Diagnosis {
    catalogue::Message message;       // code 0: nothing is wrong
    std::vector<std::string> remarks; // who wrote the file, warnings, how the password was read
    std::vector<Recipe> recipes;      // empty: a new backup would not help
};

[[nodiscard]] Diagnosis diagnose(const p12::Inspection& seen, catalogue::Language language);

// The error with its figures in words ("at least 218 bytes are missing" for "missing=218"), for
// catalogue::message(). Errors of other families come back as they are.
[[nodiscard]] Error in_words(const Error& error, catalogue::Language language);

} // namespace acredita::diagnosis
