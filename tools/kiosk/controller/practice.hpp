// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Practice mode: the exercises, and the hands that put virtual cards and sample sticks in and take them out.
//
// The session of `acredita practice` holds the cards, one a reader, all taken out at first; a folder holds
// the kit of sample sticks. An exercise names one card and one stick of them. Source of the line protocol:
// tools/practice/control.hpp.
#pragma once

#include "tools/kiosk/controller/words.hpp"
#include "tools/kiosk/controller/worker.hpp"

#include <QVariantMap>
#include <filesystem>
#include <optional>

namespace acredita::kiosk {

struct PracticePlaces {
    std::filesystem::path control; // the session's socket
    std::filesystem::path kit;     // sample sticks that are not plugged in
    std::filesystem::path sticks;  // where a plugged-in stick lies

    // From ACREDITA_PRACTICE_CONTROL, _KIT and _STICKS; nullopt outside of practice mode.
    [[nodiscard]] static std::optional<PracticePlaces> from_environment();
};

class Practice final : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList exercises READ exercises NOTIFY changed)
    Q_PROPERTY(int exercise READ exercise NOTIFY changed) // -1: none
    Q_PROPERTY(bool cardIn READ cardIn NOTIFY changed)
    Q_PROPERTY(bool stickIn READ stickIn NOTIFY changed)

public:
    Practice(Words& words, PracticePlaces places);
    ~Practice() override; // the kit is as it was

    [[nodiscard]] QVariantList exercises() const;
    [[nodiscard]] int exercise() const { return exercise_; }
    [[nodiscard]] bool cardIn() const { return card_in_; }
    [[nodiscard]] bool stickIn() const { return stick_in_; }

    // Takes everything out; what the exercise needs lies on the desk, ready to be put in.
    Q_INVOKABLE void choose(int index);
    Q_INVOKABLE void moveCard(bool in);
    Q_INVOKABLE void moveStick(bool in);

Q_SIGNALS:
    void changed();

private:
    void tell(const std::string& line);

    Words& words_;
    PracticePlaces places_;
    int exercise_ = -1;
    bool card_in_ = false, stick_in_ = false;
    Worker worker_; // last
};

} // namespace acredita::kiosk
