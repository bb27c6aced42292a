// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A reader on the table: plugged in or not, a card in it or not, keys of its own or not.
//
// Safe to use from several threads. A card that was torn out comes back by itself after a second; one that
// was removed comes back when it is inserted, and not before a second is over.
#pragma once

#include "tools/practice/card/virtual_card.hpp"
#include "tools/practice/pinpad.hpp"
#include "tools/practice/reader/device.hpp"

#include <condition_variable>
#include <set>
#include <thread>

namespace acredita::practice {

class VirtualReader {
public:
    // Without a card the reader stays empty. One that carries short APDUs only says so (PC/SC part
    // 10, 2.6.14).
    VirtualReader(std::unique_ptr<VirtualCard> card, bool pinpad, bool short_only = false);
    ~VirtualReader();

    [[nodiscard]] Reply answer(wire::Ask what, ByteView data);

    // A socket that is told of each change, until it is taken off again.
    void watch(int fd);
    void unwatch(int fd);

    void remove();
    void insert();
    void unplug();
    void plug();
    // The card leaves and is back before anybody looks: without an event, without its security state.
    void swap();
    [[nodiscard]] bool plugged() const;
    [[nodiscard]] bool present() const;
    // The card that is its own now, in it or not; lives as long as the readers among which it was traded.
    [[nodiscard]] VirtualCard* card() const;
    // Both cards are taken out and each goes into the other's reader, when it is inserted.
    void trade(VirtualReader& other);
    [[nodiscard]] Pinpad* pinpad() noexcept { return pinpad_ ? &*pinpad_ : nullptr; }

private:
    void listen();
    void torn(const Tear& tear);
    void tell();
    [[nodiscard]] Reply transmit(ByteView command);
    [[nodiscard]] Reply control(ByteView question);

    std::unique_ptr<VirtualCard> card_;
    std::optional<Pinpad> pinpad_;
    bool short_only_ = false;
    mutable std::mutex mutex_;
    std::condition_variable_any ended_;
    std::set<int> watchers_;
    bool plugged_ = true;
    bool inserted_ = true;
    std::chrono::steady_clock::time_point away_until_{};
    std::mutex returning_;
    std::jthread return_; // brings a torn card back
};

} // namespace acredita::practice
