// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is a stick also a keyboard? A USB device may be several things at once, and one that is a disk and a means
// of input can type commands while people look for their file. What hides a keyboard behind a hub of its own
// looks like two devices and is not found here.
#pragma once

#include <filesystem>

namespace acredita::stick {

// The block device by its numbers; `sysfs` is "/sys". True if an interface of its USB device is of class 03
// (HID; USB Implementers Forum, Defined Class Codes). False also if it hangs on no USB.
[[nodiscard]] bool also_keyboard(unsigned major, unsigned minor, const std::filesystem::path& sysfs = "/sys");

} // namespace acredita::stick
