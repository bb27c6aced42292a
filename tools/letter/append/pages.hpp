// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The page tree, walked by hand (ISO 32000-1:2008 7.7.3): libqpdf's own helpers may repair what they walk
// over.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"

namespace acredita::letter {

// damaged if there is none that is an object of its own, too_complex if it lies too deep.
[[nodiscard]] Result<QPDFObjectHandle> first_page(const StrictPdf& pdf);

// True if `array` is an object of its own that somebody besides `owner` refers to. Reads every object of the
// document, but only if `array` is indirect.
[[nodiscard]] Result<bool> has_other_referrers(const StrictPdf& pdf, QPDFObjectHandle owner,
                                               QPDFObjectHandle array);

} // namespace acredita::letter
