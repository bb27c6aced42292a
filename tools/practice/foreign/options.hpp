// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cards that we cannot serve, as far as strangers see them: an answer to reset, a master file, and a way of
// saying no. Bytes from the public list of ATRs (pcsc-tools) and from the makers' documents, not from our
// own table of families.
#pragma once

#include "tools/practice/card/options.hpp"

namespace acredita::practice::foreign {

// make=NAME (one of makes()), atr=HEX in place of the make's own. bad_card.
[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

[[nodiscard]] std::vector<std::string_view> makes();

} // namespace acredita::practice::foreign
