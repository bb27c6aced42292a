// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the reader driver inside pcscd and the process with the cards say to one another.
//
// A SOCK_SEQPACKET Unix socket, one message a packet. The driver opens two connections for each reader: one
// on which it asks, one on which it only hears that something has changed. A question is one Ask byte and its
// data, an answer one Say byte and its data. The first question on a connection is hello or watch, with the
// reader's number behind it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace acredita::practice::wire {

enum class Ask : std::uint8_t {
    hello = 'H',    // + number of the reader
    watch = 'W',    // + number of the reader; from then on a `changed` is pushed at each change
    presence = 'P', // done: a card is there; no_card
    power_up = 'U', // done + ATR; also for a reset
    power_down = 'D',
    transmit = 'X', // + command; done + answer
    control = 'C'   // + control code, 4 bytes, big-endian, + data; done + data
};

enum class Say : std::uint8_t {
    done = 0,
    no_card = 1,
    no_reader = 2,
    failed = 3,
    unsupported = 4,
    changed = 5
};

inline constexpr std::size_t largest = 65536 + 64;

} // namespace acredita::practice::wire
