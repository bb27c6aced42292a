// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/stick_desk.hpp"

#include <algorithm>

namespace acredita::kiosk {

bool StickDesk::reading() const noexcept {
    return std::ranges::any_of(sticks_, [](const auto& stick) { return stick.reading; });
}

} // namespace acredita::kiosk
