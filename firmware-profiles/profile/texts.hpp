// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The built-in profiles as they were written, to begin another one with. Linked only by programs that do.
#pragma once

#include <span>
#include <string_view>

namespace acredita::profile {

struct ProfileText {
    std::string_view name; // as in Profile::name
    std::string_view text;
};

[[nodiscard]] std::span<const ProfileText> built_in_texts() noexcept;

} // namespace acredita::profile
