// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The keys and the display of a reader that asks for the PIN itself (PC/SC part 10), and the person in front
// of them, who types what a test has told them to.
#pragma once

#include "pcsc/base/secret.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace acredita::practice {

class Pinpad {
public:
    using Exchange = std::function<std::optional<Bytes>(ByteView)>;

    enum class Person : std::uint8_t { types, cancels, hesitates };

    // What the person does at the next entries. Nothing told: they hesitate until the reader gives up.
    void person(Person does, ZeroingBytes digits = {});

    // A control code (4 bytes, big-endian) and its data. nullopt: not supported, or the card is gone.
    [[nodiscard]] std::optional<Bytes> control(ByteView question, const Exchange& card);
    [[nodiscard]] unsigned entries() const;

private:
    struct Entry {
        Person does = Person::hesitates;
        ZeroingBytes digits{};
    };
    [[nodiscard]] Entry next();
    [[nodiscard]] std::optional<Bytes> verify(ByteView block, const Exchange& card);
    [[nodiscard]] std::optional<Bytes> modify(ByteView block, const Exchange& card);

    mutable std::mutex mutex_;
    std::deque<Entry> entries_;
    unsigned asked_ = 0;
};

} // namespace acredita::practice
