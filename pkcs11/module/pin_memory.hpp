// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The user's PIN for as long as the administrator allows, and for one purpose: to log in again after another
// program's reset. Kept on a locked page that no core dump and no forked child gets; wiped at logout, when
// the last session closes, when the card leaves, when the module ends, and by whoever asks for it too late.
// PINs of context-specific logins never come here.
#pragma once

#include "pcsc/base/secret.hpp"

#include <chrono>
#include <mutex>

namespace acredita::module {

class PinMemory {
public:
    using Time = std::chrono::steady_clock::time_point;

    void keep(ByteView pin, Time until) {
        const std::scoped_lock lock(mutex_);
        pin_ = Secret(pin);
        until_ = until;
    }
    void wipe() noexcept {
        const std::scoped_lock lock(mutex_);
        pin_ = Secret();
    }
    // Empty: there is none, or its time is over.
    [[nodiscard]] Secret recall(Time now) {
        const std::scoped_lock lock(mutex_);
        if (now >= until_) pin_ = Secret();
        return pin_.empty() ? Secret() : pin_.clone();
    }

private:
    std::mutex mutex_;
    Secret pin_{};
    Time until_{};
};

} // namespace acredita::module
