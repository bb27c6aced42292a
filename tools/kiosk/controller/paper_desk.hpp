// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What there is to take home on this page: printed, or saved on the holder's own stick. Both only when a
// person asks for it; drawn and handed over in a thread of its own.
#pragma once

#include "tools/kiosk/controller/paper.hpp"
#include "tools/kiosk/controller/stick_desk.hpp"
#include "tools/kiosk/controller/words.hpp"

#include <QVariantMap>

namespace acredita::kiosk {

class PaperDesk final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool something READ something NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString done READ done NOTIFY changed)       // "printed", "saved"; "" before
    Q_PROPERTY(QString file READ file NOTIFY changed)       // as it is called on the stick
    Q_PROPERTY(QVariantMap fault READ fault NOTIFY changed) // why neither
    Q_PROPERTY(QString code READ code NOTIFY changed)       // for the QR
    Q_PROPERTY(bool canSave READ can_save NOTIFY changed)   // a stick is plugged in

public:
    PaperDesk(Words& words, StickDesk& sticks);

    // nullopt: nothing any more.
    void hold(const std::optional<Paper>& paper);

    [[nodiscard]] bool something() const noexcept { return paper_.has_value(); }
    [[nodiscard]] bool busy() const noexcept { return busy_; }
    [[nodiscard]] QString done() const { return done_; }
    [[nodiscard]] QString file() const { return file_; }
    [[nodiscard]] QVariantMap fault() const;
    [[nodiscard]] QString code() const;
    [[nodiscard]] bool can_save() const;

    Q_INVOKABLE void print();
    Q_INVOKABLE void save();

Q_SIGNALS:
    void changed();

private:
    void begin();
    void ended(const Result<std::string>& file, const char* done);

    Words& words_;
    StickDesk& sticks_;
    std::optional<Paper> paper_;
    std::uint64_t visit_ = 0;
    bool busy_ = false;
    QString done_, file_;
    std::optional<Error> fault_;
    Worker worker_; // last
};

} // namespace acredita::kiosk
