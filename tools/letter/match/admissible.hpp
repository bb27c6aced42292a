// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whether a PDF may be a letter at all: nothing in it acts by itself, and nothing shows what a signature
// does not cover.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"
#include "tools/letter/match/errors.hpp"

namespace acredita::letter {

inline constexpr std::uint64_t largest_letter = 32 * 1024 * 1024; // bytes

// Opens strictly; match.not_admissible, its detail the reason. read_failed if the medium fails.
[[nodiscard]] Result<StrictPdf> open_admissible(const InputFile& file);

} // namespace acredita::letter
