// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// UDisks2 on the system bus, spoken to by one thread: each object is one connection. Every call ends within
// the time it is given, and what sdbus-c++ throws is an Error here. Source: UDisks2's D-Bus reference, 2.9.
#pragma once

#include "tools/stick/error.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

namespace acredita::stick {

using Properties = std::map<std::string, sdbus::Variant>;
// By object path, then by the interface's name without "org.freedesktop.UDisks2.".
using Objects = std::map<std::string, std::map<std::string, Properties>>;

class UDisksBus {
public:
    [[nodiscard]] static Result<UDisksBus> open();

    [[nodiscard]] Result<Objects> objects(std::chrono::milliseconds patience);

    // Where it is mounted now. Errors: mount_refused, in_use, mount_failed, flags_missing (the
    // administrator's configuration forbids an option), pulled, service_unavailable.
    [[nodiscard]] Result<std::string> mount(const std::string& block, const std::string& options,
                                            std::chrono::milliseconds patience);
    // What is not mounted is unmounted already. The same errors.
    [[nodiscard]] Result<void> unmount(const std::string& block, std::chrono::milliseconds patience);
    [[nodiscard]] Result<void> power_off(const std::string& drive, std::chrono::milliseconds patience);
    [[nodiscard]] Result<void> eject(const std::string& drive, std::chrono::milliseconds patience);

    // From now on changed() is true after anything of UDisks changed.
    [[nodiscard]] Result<void> follow();
    // Takes in what has arrived; true if there was a change. Error: service_unavailable (the bus is gone).
    [[nodiscard]] Result<bool> changed();
    // To wait on, for POLLIN.
    [[nodiscard]] int descriptor() const { return connection_->getEventLoopPollData().fd; }

private:
    explicit UDisksBus(std::unique_ptr<sdbus::IConnection> connection);
    Result<void> call(const std::string& object, const std::string& interface, const std::string& method,
                      std::chrono::milliseconds patience);

    std::unique_ptr<sdbus::IConnection> connection_;
    std::unique_ptr<bool> dirty_ = std::make_unique<bool>(false);
    std::vector<sdbus::Slot> slots_; // before the connection goes
};

} // namespace acredita::stick
