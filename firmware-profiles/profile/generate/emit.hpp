// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Writes checked profiles as C++ constants: profiles.cpp of the build is its only output.
#pragma once

#include "firmware-profiles/profile/load.hpp"

#include <iosfwd>

namespace acredita::profile {

void emit(std::ostream& out, std::span<const LoadedProfile> profiles);

} // namespace acredita::profile
