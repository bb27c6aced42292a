// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What technical support is told of a trouble: a short code to say on the telephone, the same in the journal,
// and a file without any secret, saved on a stick when a person asks for it.
#pragma once

#ifndef Q_MOC_RUN // it stumbles over the standard library behind this one
#include "tools/desk/support_bundle.hpp"
#endif
#include "tools/kiosk/controller/stick_desk.hpp"
#include "tools/kiosk/controller/words.hpp"

#include <QVariantMap>

namespace acredita::kiosk {

class SupportDesk final : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString incident READ incident NOTIFY changed) // "A7-3F2K"; "" while there is no trouble
    Q_PROPERTY(QString code READ code NOTIFY changed)         // for the QR
    Q_PROPERTY(
        QString bundle READ bundle NOTIFY changed) // as it would be saved, for whoever wants to read it
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed) // as it is called on the stick
    Q_PROPERTY(QVariantMap fault READ fault NOTIFY changed)

public:
    SupportDesk(Words& words, StickDesk& sticks);

    // Something went wrong; `profile`: of the card, "" if it is not known.
    void take(const Error& error, std::vector<desk::TimedStep> steps, std::string profile);
    void forget();

    [[nodiscard]] QString incident() const;
    [[nodiscard]] QString code() const;
    [[nodiscard]] QString bundle() const { return bundle_; }
    [[nodiscard]] bool busy() const noexcept { return busy_; }
    [[nodiscard]] QString file() const { return file_; }
    [[nodiscard]] QVariantMap fault() const;

    Q_INVOKABLE void save();

Q_SIGNALS:
    void changed();

private:
    Words& words_;
    StickDesk& sticks_;
    std::optional<desk::Incident> incident_;
    std::optional<Error> error_, fault_;
    QString bundle_, file_;
    bool busy_ = false;
    std::uint64_t troubles_ = 0;
    Worker worker_; // last
};

} // namespace acredita::kiosk
