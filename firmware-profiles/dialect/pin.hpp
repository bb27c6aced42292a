// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PIN and PUK of a card whose reference data are padded to a fixed width: form, VERIFY, CHANGE REFERENCE
// DATA, RESET RETRY COUNTER, and how many tries are left. What a card would refuse for its form never reaches
// it.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

[[nodiscard]] bool well_formed(ByteView value, const profile::PinValue& rules) noexcept;

[[nodiscard]] Result<void> verify_pin(Application&, ByteView pin);
[[nodiscard]] Result<void> change_pin(Application&, ByteView old_pin, ByteView new_pin);
[[nodiscard]] Result<void> unblock_pin(Application&, ByteView puk, ByteView new_pin);
// The errors of unblock_pin: it is the PUK that is judged.
[[nodiscard]] Result<void> change_puk(Application&, ByteView puk, ByteView new_puk);
[[nodiscard]] Result<card::PinStatus> pin_status(Application&);
// Without metadata no PIV card tells: then everything is unknown.
[[nodiscard]] Result<card::PinStatus> puk_status(Application&);
// PIN and administration key.
[[nodiscard]] Result<void> logout(Application&);

} // namespace acredita::dialect
