// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The public keys that a letter prints, read from its text: DER SubjectPublicKeyInfo in hexadecimal, however
// it is broken into lines. What the text says is not yet what the page shows; it is never enough alone.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <string_view>
#include <vector>

namespace acredita::letter {

// In the order in which they stand; each one that is well-formed, at most 8.
[[nodiscard]] std::vector<Bytes> keys_in_text(std::string_view text);
// Of the pages of a PDF, which must have been found admissible. Empty if they cannot be read.
[[nodiscard]] std::vector<Bytes> printed_keys(ByteView pdf);

} // namespace acredita::letter
