// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Spanish identity numbers inside of text: finding, checking and hiding them.
// Check letter: Real Decreto 1553/2005 art. 11 with the table of 23 letters; masking: the joint guidance of
// the Spanish data protection agencies on Disposición adicional 7ª of Ley Orgánica 3/2018 (four digits of the
// middle stay visible).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace acredita::p12 {

// A DNI or NIE with a right check letter, standing alone in the text.
[[nodiscard]] std::optional<std::string_view> find_nif(std::string_view text);

// "12345678Z" → "***4567**", "X1234567L" → "****4567*".
[[nodiscard]] std::string mask_nif(std::string_view nif);

// The text with every number find_nif() would find replaced by its mask, and `known` as well.
[[nodiscard]] std::string hide_nif(std::string text, std::string_view known = {});

} // namespace acredita::p12
