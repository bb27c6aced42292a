// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How long nobody has touched anything. After `patience` a warning with a countdown, which any touch ends
// (WCAG 2.2, 2.2.1); then over(). Sees every event of the program by being its event filter.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace acredita::kiosk {

class IdleTime final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool warning READ warning NOTIFY changed)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY changed)

public:
    IdleTime(std::chrono::seconds patience, std::chrono::seconds countdown);

    [[nodiscard]] bool warning() const noexcept { return left_ > 0; }
    [[nodiscard]] int secondsLeft() const noexcept { return left_; }
    // Only while somebody is here.
    void watch(bool on);
    Q_INVOKABLE void touch();

    bool eventFilter(QObject* object, QEvent* event) override;

Q_SIGNALS:
    void changed();
    void over();

private:
    void tick();

    std::chrono::seconds patience_, countdown_;
    QTimer timer_;
    bool on_ = false;
    int left_ = 0; // seconds of the countdown; 0: none
};

} // namespace acredita::kiosk
