// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What UDisks2 knows, as volumes: which of its block devices are sticks, and what is wrong with those that
// are not mounted.
#pragma once

#include "tools/stick/udisks.hpp"
#include "tools/stick/udisks_bus.hpp"

#include <filesystem>

namespace acredita::stick {

struct Found {
    Volume volume;
    std::string block;  // its object
    std::string drive;  // its drive's object; empty for loop devices
    unsigned major = 0; // of the block device
    unsigned minor = 0;
    bool read_only = false; // by its switch, or by its nature
    bool mounted = false;   // by whomever
    bool can_power_off = false;
    bool ejectable = false;
};

// Sorted by id. `sysfs` as in keyboard.hpp.
[[nodiscard]] std::vector<Found> sticks_among(const Objects& objects, const UDisksOptions& options,
                                              const std::filesystem::path& sysfs = "/sys");

} // namespace acredita::stick
