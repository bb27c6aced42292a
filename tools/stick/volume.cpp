// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/volume.hpp"

#include <algorithm>
#include <array>

namespace acredita::stick {

bool supported(std::string_view file_system, Medium medium) noexcept {
    static constexpr std::array<std::string_view, 3> sticks{"vfat", "exfat", "ntfs"};
    static constexpr std::array<std::string_view, 2> discs{"iso9660", "udf"};
    if (medium == Medium::optical) return std::ranges::find(discs, file_system) != discs.end();
    return std::ranges::find(sticks, file_system) != sticks.end();
}

} // namespace acredita::stick
