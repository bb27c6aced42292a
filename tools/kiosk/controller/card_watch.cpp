// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/card_watch.hpp"

#include <algorithm>

namespace acredita::kiosk {

CardWatch::CardWatch() {
    monitor_.emplace([this](const reader::Event& event) {
        QMetaObject::invokeMethod(
            this, [this, event] { take(event); }, Qt::QueuedConnection);
    });
}

std::size_t CardWatch::cards() const noexcept {
    return static_cast<std::size_t>(
        std::ranges::count_if(readers_, [](const auto& reader) { return reader.second; }));
}

void CardWatch::take(const reader::Event& event) {
    using enum reader::Change;
    const auto& name = event.state.name.text;
    switch (event.change) {
    case service_lost:
        service_ = false;
        readers_.clear();
        break;
    case service_back:
        service_ = true;
        break;
    case reader_arrived:
        readers_[name] = event.state.present;
        break;
    case reader_left:
        readers_.erase(name);
        break;
    case card_inserted:
        readers_[name] = true;
        break;
    case card_removed:
        readers_[name] = false;
        break;
    case card_swapped:
        readers_[name] = true;
        break;
    }
    if (event.change == card_removed || event.change == card_swapped) Q_EMIT removed();
    Q_EMIT changed();
}

} // namespace acredita::kiosk
