// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a signature looks like on the page: a frame and lines of text, drawn as the outlines of their letters.
// A signature that brought a font, or none, would take its document out of PDF/A (ISO 19005-3 6.2.11.4.1).
#pragma once

#include <string>
#include <vector>

namespace acredita::letter {

// Operators of a content stream for a box of this size, in points; the first line is in bold. Lines that do
// not fit are made smaller, together; empty if nothing can be drawn. The words themselves are for the field's
// alternate name and the certificate: an outline cannot be read aloud.
[[nodiscard]] std::string draw_signature(double width, double height, const std::vector<std::string>& lines);

} // namespace acredita::letter
