// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Why a file is not the letter that is to be signed: "error 71" of the renewal process, by its sub-codes.
// Family "match".
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::letter {

enum class match_errc {
    not_admissible = 1, // 71.1: not a PDF of the kind that may be signed; detail: why
    unknown_letter,     // 71.2: nobody issued it
    altered,            // 71.3: issued, but with other bytes
    other_letter,       // 71.4: of another folio, person or time, or the other one of the two; detail: what
    other_card,         // 71.5: its keys are not those of the card and the new certificate
    other_print,        // 71.6: the keys printed are not the keys it is about
    out_of_turn,        // 71.7: signed already, or the second before the first
    nobody_looked,      // a letter of another issuer that nobody has compared with the page yet
};

} // namespace acredita::letter

namespace acredita {

template <>
struct ErrorTable<letter::match_errc> {
    using enum letter::match_errc;
    static constexpr std::string_view family = "match";
    static constexpr ErrorRow<letter::match_errc> rows[] = {
        {not_admissible, "not_admissible", "71.1: the file is no PDF that may be signed as a letter"},
        {unknown_letter, "unknown_letter", "71.2: this office has not issued the letter"},
        {altered, "altered", "71.3: the letter was changed after it was issued"},
        {other_letter, "other_letter", "71.4: the letter is another one than the one to be signed"},
        {other_card, "other_card", "71.5: the keys of the letter are not those of this renewal"},
        {other_print, "other_print", "71.6: the keys printed are not the keys of this renewal"},
        {out_of_turn, "out_of_turn", "71.7: the letter is signed already, or it is not its turn"},
        {nobody_looked, "nobody_looked", "a person has to compare the page before it is signed"},
    };
};

} // namespace acredita
