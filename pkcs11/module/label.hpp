// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Names that people read: labels of objects, and the blank-padded fixed fields of the info structures.
// Text from a card is hostile: only whole UTF-8 characters pass, no control characters, and no colon, because
// NSS splits its nicknames there.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace acredita::module {

[[nodiscard]] std::string clean_text(std::string_view text, std::size_t longest = 96);
// "common name (YYYY-MM)" with the month the certificate ends; `otherwise` if it has no name.
[[nodiscard]] std::string certificate_label(std::string_view common_name, std::string_view not_after,
                                            std::string_view otherwise);
// Whole characters, padded with blanks, no NUL (PKCS #11 v2.40 base, 3.1).
void put_text(std::span<unsigned char> field, std::string_view text);

} // namespace acredita::module
