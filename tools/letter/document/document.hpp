// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Makes a renewal letter: the office's wording filled with what is known of the person and both keys, drawn,
// and made to keep. The same letter and template give the same bytes, so a letter can be made again and
// compared.
#pragma once

#include "tools/letter/document/data.hpp"
#include "tools/letter/document/template.hpp"

namespace acredita::letter {

struct MadeLetter {
    Bytes pdf{};
    Bytes sha256{};
    LetterData data{};
    unsigned pages = 0;
};

// Errors: document_errc. bad_value if a text holds control characters or a key has no DER; the detail is its
// name.
[[nodiscard]] Result<MadeLetter> make_letter(const Letter& letter, const Template& words);

// "3F9A 0C11 ..." : the SHA-256 of a key in sixteen groups that two people can compare aloud.
[[nodiscard]] std::string grouped_fingerprint(ByteView sha256);

} // namespace acredita::letter
