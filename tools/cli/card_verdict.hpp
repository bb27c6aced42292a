// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that cannot be served: which verdict it gets, and its sheet on the screen, as JSON, as a page.
#pragma once

#include "tools/cli/program.hpp"

namespace acredita::cli {

// Says what went wrong as Program::report does; or gives the verdict on the card in the reader, if that is
// what went wrong: no application of it is served or, where its family is known, none that takes a key.
// `pdf`: where to draw the sheet; empty: nowhere. The office's code as exit code.
[[nodiscard]] int report_with_verdict(const Program& program, const Error& error,
                                      const std::filesystem::path& pdf);

} // namespace acredita::cli
