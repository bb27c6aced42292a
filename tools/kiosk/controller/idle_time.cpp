// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/idle_time.hpp"

#include <QEvent>

namespace acredita::kiosk {

IdleTime::IdleTime(std::chrono::seconds patience, std::chrono::seconds countdown)
    : patience_(patience), countdown_(countdown) {
    connect(&timer_, &QTimer::timeout, this, &IdleTime::tick);
}

void IdleTime::watch(bool on) {
    if (on == on_) return;
    on_ = on;
    touch();
}

void IdleTime::touch() {
    const bool told = left_ > 0;
    left_ = 0;
    timer_.stop();
    if (on_) timer_.start(patience_);
    if (told) Q_EMIT changed();
}

bool IdleTime::eventFilter(QObject* object, QEvent* event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
    case QEvent::Wheel:
        if (on_) touch();
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

void IdleTime::tick() {
    if (left_ == 0) {
        left_ = static_cast<int>(countdown_.count());
        timer_.start(std::chrono::seconds(1));
    } else if (--left_ == 0) {
        timer_.stop();
        Q_EMIT changed();
        Q_EMIT over();
        return;
    }
    Q_EMIT changed();
}

} // namespace acredita::kiosk
