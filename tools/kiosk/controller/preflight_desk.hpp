// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is everything there that a visit needs? Asked before anybody comes, and whenever somebody wants to know.
#pragma once

#ifndef Q_MOC_RUN // it stumbles over the standard library behind this one
#include "tools/desk/preflight.hpp"
#endif
#include "tools/kiosk/controller/words.hpp"
#include "tools/kiosk/controller/worker.hpp"

#include <QVariantMap>

namespace acredita::kiosk {

class PreflightDesk final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool healthy READ healthy NOTIFY changed) // false: something is bad, and a visit would fail
    Q_PROPERTY(QVariantList checks READ checks NOTIFY changed)

public:
    explicit PreflightDesk(Words& words);

    [[nodiscard]] bool busy() const noexcept { return busy_; }
    [[nodiscard]] bool healthy() const noexcept;
    [[nodiscard]] QVariantList checks() const;
    [[nodiscard]] const std::vector<desk::Check>& found() const noexcept { return checks_; }

    Q_INVOKABLE void run();

Q_SIGNALS:
    void changed();

private:
    Words& words_;
    std::vector<desk::Check> checks_;
    bool busy_ = false;
    Worker worker_; // last
};

} // namespace acredita::kiosk
