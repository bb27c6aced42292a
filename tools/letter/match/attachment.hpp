// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The data of a letter as they lie in its PDF: the one associated file of that name (ISO 19005-3 6.8).
#pragma once

#include "tools/letter/append/strict_pdf.hpp"
#include "tools/letter/document/data.hpp"

#include <optional>

namespace acredita::letter {

// nullopt if the document has no file of that name: it is a letter of somebody else's. document.bad_value if
// it has several, one that is too large, or one that is not written as we write them; letter_errc otherwise.
[[nodiscard]] Result<std::optional<LetterData>> data_in(const StrictPdf& pdf);
[[nodiscard]] Result<std::optional<LetterData>> data_in(const std::filesystem::path& file);

} // namespace acredita::letter
