// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One cross-reference section, read just far enough to bound it (ISO 32000-1:2008 7.5.4, 7.5.5, 7.5.8).
#pragma once

#include "tools/letter/file.hpp"

#include <optional>

namespace acredita::letter {

struct XrefSection {
    std::optional<std::uint64_t> previous; // /Prev
    std::optional<std::uint64_t> hybrid;   // /XRefStm
    std::uint64_t data = 0;                // where the bytes of a cross-reference stream begin
    std::uint64_t data_size = 0;           // 0 for a table
    bool flate = false;
};

// damaged if it is neither a table nor a stream, or uses filters a cross-reference has no need of. May throw
// what libqpdf's tokenizer throws.
[[nodiscard]] Result<XrefSection> read_xref_section(const InputFile& file, std::uint64_t size,
                                                    std::uint64_t at);

} // namespace acredita::letter
