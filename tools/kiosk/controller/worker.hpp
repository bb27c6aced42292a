// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One thread that does what the window must not wait for, one thing after the other: looking at a card,
// reading a stick, changing a PIN. What a task returns is handed over in the receiver's thread; nothing is
// handed to a receiver that is gone.
#pragma once

#include <QMetaObject>
#include <QPointer>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace acredita::kiosk {

class Worker {
public:
    Worker();
    ~Worker(); // what is being done is waited for, what has not begun is dropped
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // `task` is called in the worker's thread and must not throw, `then` with its result in that of
    // `receiver`.
    template <class Task, class Then>
    void run(QObject* receiver, Task task, Then then) {
        push([task = std::move(task), then = std::move(then), receiver]() mutable {
            auto result = std::make_shared<decltype(task())>(task());
            QMetaObject::invokeMethod(
                receiver, [then = std::move(then), result]() mutable { then(std::move(*result)); },
                Qt::QueuedConnection);
        });
    }

private:
    void push(std::function<void()> task);
    void work(const std::stop_token& stop);

    std::mutex guard_;
    std::condition_variable_any more_;
    std::deque<std::function<void()>> waiting_;
    std::jthread thread_; // last
};

} // namespace acredita::kiosk
