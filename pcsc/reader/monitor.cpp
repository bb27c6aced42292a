// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/monitor.hpp"

#include <utility>

namespace acredita::reader {

namespace {

constexpr std::chrono::milliseconds long_wait{60000};
constexpr std::chrono::milliseconds cancel_interval{20};

} // namespace

Monitor::Monitor(Listener listener)
    : listener_(std::move(listener)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

// SCardCancel does nothing to a call that has not begun to wait yet, so it is repeated until the thread has
// heard it.
Monitor::~Monitor() {
    thread_.request_stop();
    std::unique_lock lock(mutex_);
    while (running_) {
        lock.unlock();
        watcher_.interrupt();
        lock.lock();
        ended_.wait_for(lock, cancel_interval, [&] { return !running_; });
    }
}

void Monitor::run(const std::stop_token& stop) {
    while (!stop.stop_requested())
        for (const auto& event : watcher_.wait(long_wait)) listener_(event);
    const std::lock_guard lock(mutex_);
    running_ = false;
    ended_.notify_all();
}

} // namespace acredita::reader
