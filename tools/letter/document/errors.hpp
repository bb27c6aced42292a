// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong when a letter is made. Family "document".
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::letter {

enum class document_errc {
    bad_template = 1,
    missing_value,
    bad_value,
    too_long,
    not_drawn,
    same_key,
    other_person,
    no_identity,
    first_letter_needed,
};

} // namespace acredita::letter

namespace acredita {

template <>
struct ErrorTable<letter::document_errc> {
    using enum letter::document_errc;
    static constexpr std::string_view family = "document";
    static constexpr ErrorRow<letter::document_errc> rows[] = {
        {bad_template, "bad_template", "what the office wrote for its letters is not understood"},
        {missing_value, "missing_value", "the template asks for a value that this letter has not"},
        {bad_value, "bad_value", "a value cannot be written into a letter"},
        {too_long, "too_long", "the letter has more pages than a letter may have"},
        {not_drawn, "not_drawn", "the page could not be drawn"},
        {same_key, "same_key", "the previous and the new certificate have the same key"},
        {other_person, "other_person", "the two certificates name different persons"},
        {no_identity, "no_identity", "a certificate names nobody by an identity number"},
        {first_letter_needed, "first_letter_needed",
         "the second letter is made from the first as it was signed"},
    };
};

} // namespace acredita
