// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Backups, what is inside of them, and what the process that reads them says of them. Part of fuzz_seeds.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <functional>
#include <string>

namespace acredita::fuzz {

using Seed = std::function<void(const std::string& target, const std::string& name, ByteView content)>;

// Made on the spot, and of the public ones below $ACREDITA_SHARED where they are.
void seeds_of_backups(const Seed& seed);

} // namespace acredita::fuzz
