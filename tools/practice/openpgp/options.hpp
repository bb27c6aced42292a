// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the options of an openpgp practice card say (card_spec.hpp lists them).
#pragma once

#include "tools/practice/card/options.hpp"
#include "tools/practice/openpgp/application.hpp"

namespace acredita::practice::openpgp {

// practice.bad_card with the option, or the firmware, that is not understood as detail.
[[nodiscard]] Result<Settings> read_settings(const CardOptions& options);
[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

} // namespace acredita::practice::openpgp
