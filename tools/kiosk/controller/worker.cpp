// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/worker.hpp"

namespace acredita::kiosk {

Worker::Worker() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

Worker::~Worker() {
    thread_.request_stop();
    more_.notify_all();
}

void Worker::push(std::function<void()> task) {
    {
        const std::lock_guard lock(guard_);
        waiting_.push_back(std::move(task));
    }
    more_.notify_one();
}

void Worker::work(const std::stop_token& stop) {
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(guard_);
            if (!more_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
            if (stop.stop_requested()) return;
            task = std::move(waiting_.front());
            waiting_.pop_front();
        }
        task();
    }
}

} // namespace acredita::kiosk
