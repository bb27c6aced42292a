// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The holder's acta: one page that says what was loaded, when, and how it was verified, to be signed by the
// new key itself, so that anyone can check it without asking the office. It says what the receipt says, to
// people on the page and to programs in the file inside (acta.json is the receipt). PDF/A-3a and PDF/UA-1,
// with an empty signature field. The same receipt at the same time gives the same bytes.
#pragma once

#include "tools/issue/receipt.hpp"
#include "tools/letter/document/errors.hpp"
#include "tools/letter/document/values.hpp"

#include <chrono>

namespace acredita::acta {

inline constexpr const char* field_name = "FirmaTitular";
inline constexpr const char* data_name = "acta.json";

// `office`: whose letterhead it carries, if it has one; else the receipt names the office. Errors:
// document_errc; bad_value if the receipt tells of something that would write lines of its own, too_long.
[[nodiscard]] Result<Bytes> make_acta(const issue::Receipt& receipt,
                                      const std::optional<letter::Office>& office,
                                      catalogue::Language language, std::chrono::sys_seconds made);

} // namespace acredita::acta
