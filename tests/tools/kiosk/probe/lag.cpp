// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/kiosk/probe/lag.hpp"

#include <cmath>

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>

namespace acredita::probe {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto pause = std::chrono::milliseconds(10);
constexpr double late = 100; // ms
const auto kind = static_cast<QEvent::Type>(QEvent::registerEventType());

double since(Clock::time_point then) {
    return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

} // namespace

Lag::Lag() : thread_([this] { run(); }) {}

Lag::~Lag() {
    {
        const std::lock_guard lock(guard_);
        ending_ = true;
    }
    handled_.notify_all();
    thread_.join();
}

void Lag::run() {
    std::unique_lock lock(guard_);
    while (!ending_) {
        const auto asleep = Clock::now();
        handled_.wait_for(lock, pause, [this] { return ending_; });
        machine_ =
            std::max(machine_, since(asleep) - std::chrono::duration<double, std::milli>(pause).count());
        if (ending_) return;
        waiting_ = true;
        posted_ = Clock::now();
        QCoreApplication::postEvent(this, new QEvent(kind));
        handled_.wait(lock, [this] { return !waiting_ || ending_; });
    }
}

bool Lag::event(QEvent* event) {
    if (event->type() != kind) return QObject::event(event);
    const std::lock_guard lock(guard_);
    const double waited = since(posted_);
    ++events_;
    late_ += waited > late ? 1 : 0;
    longest_ = std::max(longest_, waited);
    waiting_ = false;
    handled_.notify_all();
    return true;
}

QJsonObject Lag::take() {
    const std::lock_guard lock(guard_);
    const QJsonObject said{{"events", events_},
                           {"longest ms", std::round(longest_)},
                           {"over 100 ms", late_},
                           {"machine ms", std::round(machine_)}};
    events_ = late_ = 0;
    longest_ = machine_ = 0;
    return said;
}

} // namespace acredita::probe
