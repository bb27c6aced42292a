// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The office's keys to write on cards, from where the configuration says.
#pragma once

#include "tools/issue/administration.hpp"

namespace acredita::desk {

// The factory's in practice mode, whose cards have no other; empty if this office has none. Errors: those of
// issue::administration_key_from_file.
[[nodiscard]] Result<issue::AdministrationKey> administration_key(const issue::Configuration& configuration);
// The SO PIN that a maker's module wants, if the office has one.
[[nodiscard]] Result<Secret> makers_administration(const issue::Configuration& configuration);

} // namespace acredita::desk
