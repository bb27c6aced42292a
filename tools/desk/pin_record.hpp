// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The journal's record of a visit about PIN and PUK: that it was done, on which card, and how it ended.
#pragma once

#include "tools/desk/hand_over.hpp"
#include "tools/desk/office.hpp"

namespace acredita::desk {

// "pin.change", "pin.unblock" and "pin.hand_over", the last with what became of the PUK. `journal` may be
// nullptr. Errors: why the record could not be written, after which the visit counts as not recorded.
[[nodiscard]] Result<void> record_pin_change(office::Journal* journal, PinKind with, const std::string& card,
                                             const Result<void>& done);
[[nodiscard]] Result<void> record_hand_over(office::Journal* journal, const std::string& card,
                                            const Result<HandedOver>& done);

[[nodiscard]] std::string_view name_of(PukState state) noexcept;

} // namespace acredita::desk
