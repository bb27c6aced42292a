// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What each file on a stick is, before anybody types a password: read, judged in a process of its own, and
// kept as it was read, so that the stick may be as slow as it likes afterwards.
#pragma once

#include "tools/p12/inspection.hpp"

#include <string>

namespace acredita::kiosk {

struct BackupLook {
    std::string stick; // which one
    std::string name;  // of the file; shown small, believed never
    std::string folder;
    std::chrono::system_clock::time_point written{};
    ZeroingBytes bytes{};
    p12::Inspection inspection{};
    std::optional<Error> unreadable{};

    // Could be loaded: it is a backup with a key as far as can be seen without its password.
    [[nodiscard]] bool usable() const noexcept { return !unreadable && !inspection.fault; }
};

// In the thread that does the waiting.
void judge(BackupLook& backup);

} // namespace acredita::kiosk
