// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A recipe, or a verdict on a card, as one A4 page to print and take home: PDF with real text (it can be
// searched and read aloud).
#pragma once

#include "tools/diagnosis/recipe.hpp"

namespace acredita::diagnosis {

// The bytes of the PDF. Errors: diagnosis_errc.
[[nodiscard]] Result<Bytes> draw_sheet(const Page& page, catalogue::Language language);

} // namespace acredita::diagnosis
