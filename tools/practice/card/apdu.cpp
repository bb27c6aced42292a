// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/apdu.hpp"

namespace acredita::practice {

namespace {

std::size_t big_endian(ByteView two) { return static_cast<std::size_t>(two[0] << 8 | two[1]); }

bool read_extended(Command& command, ByteView body) {
    const auto first = big_endian(body.subspan(1, 2));
    command.extended = true;
    if (body.size() == 3) {
        command.le = first == 0 ? 65536 : first;
        return true;
    }
    if (first == 0 || body.size() < 3 + first) return false;
    command.data.assign(body.begin() + 3, body.begin() + 3 + static_cast<std::ptrdiff_t>(first));
    const auto tail = body.subspan(3 + first);
    if (tail.empty()) return true;
    if (tail.size() != 2) return false;
    const auto le = big_endian(tail);
    command.le = le == 0 ? 65536 : le;
    return true;
}

bool read_short(Command& command, ByteView body) {
    const std::size_t first = body[0];
    if (body.size() == 1) {
        command.le = first == 0 ? 256 : first;
        return true;
    }
    if (first == 0 || body.size() < 1 + first) return false;
    command.data.assign(body.begin() + 1, body.begin() + 1 + static_cast<std::ptrdiff_t>(first));
    const auto tail = body.subspan(1 + first);
    if (tail.empty()) return true;
    if (tail.size() != 1) return false;
    command.le = tail[0] == 0 ? 256U : tail[0];
    return true;
}

} // namespace

std::optional<Command> parse_command(ByteView wire) {
    if (wire.size() < 4) return std::nullopt;
    Command command{.cla = wire[0], .ins = wire[1], .p1 = wire[2], .p2 = wire[3]};
    const auto body = wire.subspan(4);
    if (body.empty()) return command;
    const bool extended = body.size() >= 3 && body[0] == 0;
    if (!(extended ? read_extended(command, body) : read_short(command, body))) return std::nullopt;
    return command;
}

Bytes to_wire(const Answer& answer) {
    auto wire = answer.data;
    wire.push_back(static_cast<std::uint8_t>(answer.sw >> 8));
    wire.push_back(static_cast<std::uint8_t>(answer.sw & 0xFF));
    return wire;
}

} // namespace acredita::practice
