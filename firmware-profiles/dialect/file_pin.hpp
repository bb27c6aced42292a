// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The PIN of a card of files as its profile's table presentation says: padded or as it is, in whatever class,
// the tries left asked by VERIFY or by a command of the card's own. What a card would refuse for its form
// never reaches it. Change and unblock are not_supported where no document tells how.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

[[nodiscard]] Result<card::PinStatus> file_pin_status(Application&);
[[nodiscard]] Result<void> verify_file_pin(Application&, ByteView pin);
[[nodiscard]] Result<void> change_file_pin(Application&, ByteView old_pin, ByteView new_pin);
[[nodiscard]] Result<void> unblock_file_pin(Application&, ByteView puk, ByteView new_pin);

} // namespace acredita::dialect
