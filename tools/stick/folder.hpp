// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Practice and tests: a folder whose sub-folders are sticks. Plugged in by moving a folder in (or making it
// there), pulled by moving it out. Nothing is mounted, so no flags are checked; everything else is the same
// code as with real sticks.
//
// A file NAME.toml beside the folder NAME, put there before it, says what else the stick is like, by the
// names of Volume: label, file_system, size, medium = "optical", drive, drive_name, and trouble =
// "also_keyboard" (any name of stick_errc). What it does not say is: vfat, USB, a drive of its own, the
// folder's name as label.
#pragma once

#include "tools/stick/sticks.hpp"

#include <filesystem>
#include <memory>

namespace acredita::stick {

// Errors: service_unavailable (no such folder, no inotify).
[[nodiscard]] Result<std::unique_ptr<Sticks>> folder_sticks(const std::filesystem::path& folder,
                                                            Sticks::Observer observer);

} // namespace acredita::stick
