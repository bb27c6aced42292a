// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who is expected today, and who has come. The list shows the hour and the code of an appointment, never
// whose it is: the next person in the queue can read the screen.
#pragma once

#include "tools/desk/check_in.hpp"
#include "tools/kiosk/controller/words.hpp"
#include "tools/kiosk/controller/worker.hpp"

#include <QVariantMap>
#include <optional>

namespace acredita::kiosk {

class ArrivalDesk final : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList appointments READ appointments NOTIFY changed)
    Q_PROPERTY(QVariantMap fault READ fault NOTIFY changed) // the list cannot be read

public:
    explicit ArrivalDesk(Words& words);

    [[nodiscard]] QVariantList appointments() const;
    [[nodiscard]] QVariantMap fault() const;

    // Today's list, as it is now.
    Q_INVOKABLE void refresh();

    // Who has come; in the journal too, where one is kept. `choice`: "appointment:N", else why without one.
    // What the first record of the job is to say of it.
    [[nodiscard]] office::Facts arrive(const QString& choice);
    // The visit is over. `served`: with what the person came for.
    void leave(bool served);

Q_SIGNALS:
    void changed();

private:
    Words& words_;
    std::vector<office::Appointment> expected_;
    std::optional<office::Appointment> present_;
    std::optional<Error> fault_;
    Worker worker_; // last
};

} // namespace acredita::kiosk
