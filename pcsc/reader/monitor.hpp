// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A Watcher with a thread: tells a listener what happens in the readers from the moment it is made until it
// is destroyed. For programs with an event loop; the PKCS#11 module has no threads and uses a Watcher.
//
// The first events describe what is there at the beginning. The listener runs in the Monitor's thread, one
// event at a time; it must not throw and must not destroy the Monitor.
#pragma once

#include "pcsc/reader/watcher.hpp"

#include <functional>
#include <thread>

namespace acredita::reader {

class Monitor {
public:
    using Listener = std::function<void(const Event&)>;

    explicit Monitor(Listener listener);
    ~Monitor();
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;

private:
    void run(const std::stop_token& stop);

    Listener listener_;
    Watcher watcher_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool running_ = true;
    std::jthread thread_; // last: begins when everything else is there
};

} // namespace acredita::reader
