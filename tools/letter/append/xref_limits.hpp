// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Bounds that libqpdf does not set itself: how many cross-reference sections a file may chain, and how much
// its cross-reference and object streams may inflate to. Checked before libqpdf inflates anything.
#pragma once

#include "tools/letter/file.hpp"

#include <qpdf/QPDF.hh>

namespace acredita::letter {

// Walks the chain from `startxref` (ISO 32000-1 7.5.6, 7.5.8). damaged or too_complex.
[[nodiscard]] Result<void> check_xref_limits(const InputFile& file, std::uint64_t size,
                                             std::uint64_t startxref);

// The object streams of a document whose cross-references are read already. damaged or too_complex.
[[nodiscard]] Result<void> check_object_streams(QPDF& qpdf);

} // namespace acredita::letter
