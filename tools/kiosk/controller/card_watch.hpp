// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card in the reader, as it comes and goes: told in the window's thread.
#pragma once

#include "pcsc/reader/monitor.hpp"

#include <QObject>
#include <map>
#include <optional>

namespace acredita::kiosk {

class CardWatch final : public QObject {
    Q_OBJECT

public:
    CardWatch();

    [[nodiscard]] bool service() const noexcept { return service_; }
    [[nodiscard]] std::size_t readers() const noexcept { return readers_.size(); }
    // In how many readers there is one.
    [[nodiscard]] std::size_t cards() const noexcept;

Q_SIGNALS:
    void changed(); // a card or a reader came or went; the service too
    void removed(); // a card was taken out

private:
    void take(const reader::Event& event);

    std::map<std::string, bool> readers_; // with a card?
    bool service_ = true;
    std::optional<reader::Monitor> monitor_; // last
};

} // namespace acredita::kiosk
