// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The hand-over inside of a load: a card with the PIN or PUK of its factory becomes its holder's before
// anything is written on it.
#pragma once

#include "tools/kiosk/controller/job_thread.hpp"

namespace acredita::kiosk {

// Nothing to do for a card in service. Otherwise the backup is opened first, with the questions the load
// would ask (they are not asked twice), because a PIN must not be part of its holder's identity number. The
// PIN that was chosen answers the load's question for it.
[[nodiscard]] Result<void> give_first_pin(ByteView backup, const std::string& puk_policy, const Desk& desk);

} // namespace acredita::kiosk
