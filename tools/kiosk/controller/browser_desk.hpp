// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// "Does it work in the browser?", on the spot: `acredita browser-test` opens a browser of its own with a page
// on this computer that asks for the card's certificate (docs/adr/0012).
#pragma once

#include "tools/kiosk/controller/words.hpp"

#include <QProcess>
#include <QVariantMap>

namespace acredita::kiosk {

class BrowserDesk final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool possible READ possible CONSTANT) // the program for it is installed
    Q_PROPERTY(bool running READ running NOTIFY changed)
    Q_PROPERTY(QString outcome READ outcome NOTIFY changed) // "", "proven", "failed"
    Q_PROPERTY(QVariantMap fault READ fault NOTIFY changed) // what, means, action, code

public:
    explicit BrowserDesk(Words& words);
    ~BrowserDesk() override;

    [[nodiscard]] bool possible() const;
    [[nodiscard]] bool running() const { return process_.state() != QProcess::NotRunning; }
    [[nodiscard]] QString outcome() const { return outcome_; }
    [[nodiscard]] QVariantMap fault() const { return fault_; }

    Q_INVOKABLE void open();
    Q_INVOKABLE void close(); // the browser goes, too

    void forget();

Q_SIGNALS:
    void changed();

private:
    void ended();

    Words& words_;
    QProcess process_;
    QString outcome_;
    QVariantMap fault_;
};

} // namespace acredita::kiosk
