// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Real sticks, through UDisks2 on the system bus (its D-Bus reference, version 2.9). Every call ends: a
// service that does not answer within `Patience` is service_unavailable.
#pragma once

#include "tools/stick/sticks.hpp"

#include <memory>

namespace acredita::stick {

struct Patience {
    std::chrono::milliseconds question{5'000};
    std::chrono::milliseconds work{45'000};  // mounting, unmounting, powering off
    std::chrono::milliseconds again{30'000}; // until a service that failed is tried again
};

struct UDisksOptions {
    bool optical = false;      // discs too
    bool loop_devices = false; // for tests: a loop device counts as a stick
    Patience patience;
};

// Errors: service_unavailable (there is no system bus). A UDisks that does not run is started by the bus; if
// it cannot be, the observer is told, and told again once it is there.
[[nodiscard]] Result<std::unique_ptr<Sticks>> udisks_sticks(UDisksOptions options, Sticks::Observer observer);

} // namespace acredita::stick
