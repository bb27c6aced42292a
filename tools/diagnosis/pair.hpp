// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One key with its certificate, in words: whose it is, when it ends and how it is renewed, what it is not
// for, what is wrong with its key, whether it was revoked.
#pragma once

#include "tools/catalogue/catalogue.hpp"
#include "tools/p12/inspection.hpp"

#include <vector>

namespace acredita::diagnosis {

[[nodiscard]] std::vector<std::string> remarks_on(const p12::Examination& seen, catalogue::Language language);

} // namespace acredita::diagnosis
