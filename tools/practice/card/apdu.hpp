// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A command as it reaches the chip (ISO 7816-3:2006 12.1.3, cases 1 to 4, short and extended), and answers to
// it.
//
// This is the card's reading of the wire, written apart from pcsc/apdu on purpose: what one side writes
// wrongly the other must not read wrongly in the same way.
#pragma once

#include "pcsc/base/secret.hpp"

#include <optional>

namespace acredita::practice {

struct Command {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    ZeroingBytes data{};
    std::optional<std::size_t> le{}; // bytes wanted; absent if the command has no Le field
    bool extended = false;
};

// nullopt if the length fields contradict the length of the whole.
[[nodiscard]] std::optional<Command> parse_command(ByteView wire);

// Data and status word of one answer.
struct Answer {
    Bytes data{};
    std::uint16_t sw = 0x9000;
};

[[nodiscard]] inline Answer status(std::uint16_t sw) { return {{}, sw}; }
[[nodiscard]] Bytes to_wire(const Answer& answer);

} // namespace acredita::practice
