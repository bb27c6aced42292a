// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The tables of a card with a PKCS#15 directory.
#pragma once

#include "firmware-profiles/profile/table_reader.hpp"

namespace acredita::profile {

void read_pkcs15(TableReader& root, Profile& profile);

} // namespace acredita::profile
