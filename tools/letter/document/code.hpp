// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A QR code (ISO/IEC 18004) as squares: true is dark. No quiet zone.
#pragma once

#include "tools/letter/document/errors.hpp"

#include <string>
#include <vector>

namespace acredita::letter {

struct Squares {
    unsigned side = 0;
    std::vector<bool> dark{}; // row by row
    [[nodiscard]] bool at(unsigned x, unsigned y) const { return dark[std::size_t{y} * side + x]; }
};

// bad_value if the text is too long for one code.
[[nodiscard]] Result<Squares> make_code(const std::string& text);

} // namespace acredita::letter
