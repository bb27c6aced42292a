// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER by a reader that asks the person, for every card
// whose PIN and PUK are fields of one width. See Card::typed_pin.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/application.hpp"

namespace acredita::card {

[[nodiscard]] Result<void> ask_person(dialect::Application& card, PinTask task, const AskPerson& ask);

} // namespace acredita::card
