// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The options that say which letter is to be signed, and the check that the file is that letter and the card
// the one for it, before any PIN.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/desk/office.hpp"

namespace acredita::cli {

struct LetterChoice {
    std::string folio; // empty: nothing is checked
    std::string first; // the first letter as signed
    std::string other; // certificate of the other key
    bool second = false;
    bool looked = false;
};

void letter_choice_options(CLI::App& command, Program& program, LetterChoice& choice);

// Errors: match_errc ("error 71"). `certificate`: DER, of the key that will sign.
[[nodiscard]] Result<void> match_choice(const LetterChoice& choice, const std::string& file,
                                        ByteView certificate, desk::Office* office);

} // namespace acredita::cli
