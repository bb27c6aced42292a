// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sticks that are plugged in and what lies on them, as far as a visit is concerned. Everything that
// waits happens in a thread of its own.
#pragma once

#include "tools/kiosk/controller/backup_look.hpp"

#include <QObject>

namespace acredita::kiosk {

struct StickSeen {
    std::string id, label, system;
    std::uint64_t size = 0; // bytes
    bool reading = true;
    std::optional<Error> fault{}; // why it cannot be read, or not to its end
};

class StickDesk : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] const std::vector<StickSeen>& sticks() const noexcept { return sticks_; }
    // Usable ones first, then the newest first.
    [[nodiscard]] const std::vector<BackupLook>& backups() const noexcept { return backups_; }
    [[nodiscard]] bool reading() const noexcept;
    // Forgets what was read, unmounts and switches off; left() follows when a person has taken them.
    virtual void release() = 0;

Q_SIGNALS:
    void changed();
    void left(const QString& id); // a stick was pulled

protected:
    std::vector<StickSeen> sticks_;
    std::vector<BackupLook> backups_;
};

} // namespace acredita::kiosk
