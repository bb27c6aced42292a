// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What was appended behind a signature: the revision it covers is parsed by itself and compared with the
// whole file.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

// Fills later and later_objects. `range_end` is where the signature's revision ends.
[[nodiscard]] Result<void> judge_later(const InputFile& file, const StrictPdf& whole, std::uint64_t range_end,
                                       SignatureVerdict& verdict);

} // namespace acredita::letter
