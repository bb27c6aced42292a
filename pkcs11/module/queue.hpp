// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A lock that is given in the order of asking and not waited for beyond a deadline, so that a card which
// never answers its user leaves the others with an error instead of nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace acredita::module {

class Queue {
public:
    using Clock = std::chrono::steady_clock;

    // False: it was somebody else's all the time.
    [[nodiscard]] bool enter(Clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        const auto mine = ++last_;
        waiting_.push_back(mine);
        const bool entered =
            left_.wait_until(lock, deadline, [&] { return !busy_ && waiting_.front() == mine; });
        std::erase(waiting_, mine);
        busy_ = busy_ || entered;
        if (!entered) left_.notify_all(); // whoever stood behind may be the first now
        return entered;
    }
    [[nodiscard]] bool enter_if_free() {
        const std::scoped_lock lock(mutex_);
        if (busy_ || !waiting_.empty()) return false;
        busy_ = true;
        return true;
    }
    void leave() noexcept {
        const std::scoped_lock lock(mutex_);
        busy_ = false;
        left_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable left_;
    std::deque<unsigned long> waiting_{};
    unsigned long last_ = 0;
    bool busy_ = false;
};

} // namespace acredita::module
