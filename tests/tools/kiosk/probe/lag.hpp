// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How long an event waits until the thread of the windows has time for it: a thread of its own posts one,
// waits until it was handled, and posts the next a hundredth of a second later.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

namespace acredita::probe {

class Lag : public QObject {
    Q_OBJECT

public:
    Lag();
    ~Lag() override;
    Lag(const Lag&) = delete;
    Lag& operator=(const Lag&) = delete;

    // {"events": n, "longest ms": t, "over 100 ms": n, "machine ms": t}; the last: how much longer than asked
    // this thread slept at most, i.e. how long the machine itself stood still. Everything since take() was
    // called last.
    [[nodiscard]] QJsonObject take();

protected:
    bool event(QEvent* event) override;

private:
    void run();

    std::mutex guard_;
    std::condition_variable handled_;
    bool waiting_ = false, ending_ = false;
    std::chrono::steady_clock::time_point posted_;
    int events_ = 0, late_ = 0;
    double longest_ = 0, machine_ = 0;
    std::thread thread_;
};

} // namespace acredita::probe
