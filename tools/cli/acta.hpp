// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The acta after a load: made from the receipt, signed with the key that was loaded. Signing is a second use
// of the key, so it is done only if somebody asked for it, and the holder types the PIN for it.
#pragma once

#include "tools/cli/card_login.hpp"
#include "tools/issue/receipt.hpp"

namespace acredita::cli {

struct ActaChoice {
    std::string file;     // "": none is wanted
    std::string office{}; // letters.toml of the letterhead; "": the office's own
};

// Before the load, so that nothing is found out only after it: the file is free, the letterhead readable.
// letter.output_exists, document.bad_template.
[[nodiscard]] Result<void> room_for_acta(const ActaChoice& choice);
// Errors: those of making and signing a letter, and of logging in.
[[nodiscard]] Result<void> write_acta(const Program& program, const ActaChoice& choice,
                                      const CardKeyOptions& holder, const issue::Receipt& receipt);

} // namespace acredita::cli
