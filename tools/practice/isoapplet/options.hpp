// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the options of an isoapplet practice card say (docs/practice.md lists them).
#pragma once

#include "tools/practice/card/options.hpp"
#include "tools/practice/isoapplet/application.hpp"

namespace acredita::practice::isoapplet {

// practice.bad_card with the option that is not understood as detail.
[[nodiscard]] Result<Settings> read_settings(const CardOptions& options);
[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

} // namespace acredita::practice::isoapplet
