// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/keyboard.hpp"

#include <fstream>
#include <string>

namespace acredita::stick {

namespace {

namespace fs = std::filesystem;

bool is_input(const fs::path& interface) {
    std::ifstream file(interface / "bInterfaceClass");
    std::string number;
    return file >> number && number == "03";
}

} // namespace

bool also_keyboard(unsigned major, unsigned minor, const fs::path& sysfs) {
    std::error_code wrong;
    const auto link = sysfs / "dev" / "block" / (std::to_string(major) + ":" + std::to_string(minor));
    auto device = fs::canonical(link, wrong);
    if (wrong) return false;
    // Up to the USB device the disk is a part of; the next one above it would be the hub.
    while (device.has_relative_path() && !fs::exists(device / "bDeviceClass", wrong))
        device = device.parent_path();
    for (const auto& part : fs::directory_iterator(device, wrong))
        if (is_input(part.path())) return true;
    return false;
}

} // namespace acredita::stick
