// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/trace/visible.hpp"

#include <algorithm>

namespace acredita::trace {

namespace {

// CLA INS P1 P2 and the length bytes behind them.
std::size_t header(View command) noexcept {
    if (command.size() > 7 && command[4] == 0) return 7;
    return std::min<std::size_t>(command.size(), 5);
}

// The tag of one of these data objects stands anywhere in the command, well-formed or not.
bool asks_for_something_private(View command) noexcept {
    static constexpr std::uint8_t held_back[] = {0x03, 0x08, 0x09, 0x21}; // fingerprints, face, printed, iris
    for (std::size_t i = 4; i + 2 < command.size(); ++i)
        if (command[i] == 0x5F && command[i + 1] == 0xC1 &&
            std::ranges::find(held_back, command[i + 2]) != std::end(held_back))
            return true;
    return false;
}

} // namespace

Visible visible(View command, bool before) noexcept {
    if (command.size() < 4) return {};
    const Visible all{command.size(), true};
    const Visible nothing{header(command), false};
    const auto cla = command[0];
    if (cla == 0x80 && command[1] == 0xCA) return all; // GlobalPlatform GET DATA
    if (cla != 0x00) return nothing;                   // secure messaging, chains, unknown classes
    switch (command[1]) {
    case 0xA4:
    case 0xCA:
    case 0xB0:
    case 0xB1:
    case 0xB2:
    case 0x22:
        return all;
    case 0xF7:
    case 0xF8:
    case 0xFD:
        return all;
    case 0xC0:
        return {command.size(), before};
    case 0xCB:
        return asks_for_something_private(command) ? Visible{command.size(), false} : all;
    default:
        return nothing;
    }
}

} // namespace acredita::trace
