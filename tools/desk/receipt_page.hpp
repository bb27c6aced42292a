// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The receipt as the holder takes it home: one A4 page, a PDF that keeps as our letters do (PDF/A-3a,
// PDF/UA-1), with what the signature is worth, what is left to do, and a code by which the record of the
// visit is found again.
#pragma once

#include "tools/issue/receipt.hpp"
#include "tools/letter/document/values.hpp"

#include <chrono>

namespace acredita::desk {

// What the page's code carries, and who wants to check the receipt types:
// "ACREDITA:JUSTIFICANTE:1:<SHA-256 of the certificate>:<head of the journal, or ->". No name, no number of a
// person.
[[nodiscard]] std::string receipt_code(const issue::Receipt& receipt);

// What its holder still has to do, a sentence each, the last one verbatim as the office's rules want it. Also
// for the screen.
[[nodiscard]] std::vector<std::string> holders_list(catalogue::Language language);

// The bytes of the PDF; `office`: who hands it out, if it says so. Errors: document_errc (bad_value: a text
// of card or certificate holds control characters; too_long; not_drawn).
[[nodiscard]] Result<Bytes> draw_receipt(const issue::Receipt& receipt,
                                         const std::optional<letter::Office>& office,
                                         catalogue::Language language, std::chrono::sys_seconds made);

} // namespace acredita::desk
