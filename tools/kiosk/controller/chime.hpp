// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A few notes for those who listen rather than look; whatever they say stands on the page as well (EN 301 549
// V3.2.1 clause 5.1.5). Off until somebody wants them.
#pragma once

#include <QObject>
#include <QString>
#include <vector>

namespace acredita::kiosk {

class Chime final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool on READ on WRITE turn NOTIFY changed)
    Q_PROPERTY(bool possible READ possible CONSTANT)

public:
    [[nodiscard]] bool on() const noexcept { return on_; }
    void turn(bool on);
    [[nodiscard]] static bool possible();

    // "step": something has changed; "done"; "trouble".
    Q_INVOKABLE void play(const QString& what);

Q_SIGNALS:
    void changed();

private:
    bool on_ = false;
};

// Sixteen bits, one channel, `rate` samples a second, of the notes one after the other (Hz, milliseconds),
// each with soft ends.
struct Note {
    double pitch;
    unsigned length;
};
[[nodiscard]] std::vector<char> samples_of(const std::vector<Note>& notes, unsigned rate);

} // namespace acredita::kiosk
