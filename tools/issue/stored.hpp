// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the job has stored, found again: a maker's module may show it late or under an identifier of its own.
#pragma once

#include "tools/issue/work.hpp"

namespace acredita::issue {

// Those with our identifier, else our certificate under the one the module gave it, which is then ours.
[[nodiscard]] Result<std::vector<client::Object>> stored_certificates(Work&);
[[nodiscard]] Result<std::vector<client::Object>> stored_keys(Work&);

} // namespace acredita::issue
