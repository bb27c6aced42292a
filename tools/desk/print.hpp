// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A page to a printer of this computer, by CUPS' own program lp(1). The page goes through memory; no file of
// it is left anywhere, but the printer's queue has it until it is printed.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/desk/error.hpp"

#include <chrono>
#include <filesystem>

namespace acredita::desk {

struct Printing {
    std::string printer{}; // as CUPS names it; empty: its default
    std::chrono::milliseconds patience{std::chrono::seconds(20)};
    std::filesystem::path program = "/usr/bin/lp";
};

// Returns when the queue has taken it. print_program_missing, no_printer, print_timed_out, print_refused with
// the first line of what lp says.
[[nodiscard]] Result<void> print_page(ByteView pdf, const std::string& title, const Printing& how = {});

} // namespace acredita::desk
