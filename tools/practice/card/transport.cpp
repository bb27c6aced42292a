// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/transport.hpp"

#include <algorithm>

namespace acredita::practice {

namespace {
constexpr std::uint8_t chaining_bit = 0x10;
constexpr std::uint8_t get_response = 0xC0;
constexpr std::uint8_t select_file = 0xA4;
} // namespace

void Transport::reset() noexcept {
    chain_ = {};
    chaining_ = false;
    waiting_.clear();
}

Bytes Transport::exchange(ByteView wire, const Handler& handler) {
    auto command = parse_command(wire);
    if (!command || (command->extended && (!rules_.extended || rules_.t0))) {
        reset();
        return to_wire(status(0x6700));
    }
    return to_wire(dispatch(*command, handler));
}

Answer Transport::dispatch(Command& command, const Handler& handler) {
    if (command.ins == get_response && !waiting_.empty()) return next_part(command.le.value_or(256));
    waiting_.clear();
    const bool own = rules_.proprietary && (command.cla & 0x80U) != 0;
    if (own && !chaining_) return first_part(handler(command), command);
    if ((command.cla & 0xE0U) != 0) return reset(), status(0x6E00);
    if ((command.cla & chaining_bit) != 0) return take_link(command);
    if (!join_chain(command)) return reset(), status(rules_.too_long);
    return first_part(handler(command), command);
}

// A link of a chain that is not the last: kept, and answered 9000.
Answer Transport::take_link(Command& command) {
    const bool same =
        chaining_ && chain_.ins == command.ins && chain_.p1 == command.p1 && chain_.p2 == command.p2;
    if (!same && !(chaining_ && rules_.keeps_broken_chain)) chain_ = {};
    chain_.ins = command.ins;
    chain_.p1 = command.p1;
    chain_.p2 = command.p2;
    if (chain_.data.size() + command.data.size() > rules_.max_command)
        return reset(), status(rules_.too_long);
    chain_.data.insert(chain_.data.end(), command.data.begin(), command.data.end());
    chaining_ = true;
    return status(0x9000);
}

bool Transport::join_chain(Command& command) {
    command.cla = static_cast<std::uint8_t>(command.cla & ~chaining_bit);
    if (chaining_) {
        const bool same = chain_.ins == command.ins && chain_.p1 == command.p1 && chain_.p2 == command.p2;
        const bool sticks = rules_.keeps_broken_chain && command.ins != select_file;
        if (same || sticks) command.data.insert(command.data.begin(), chain_.data.begin(), chain_.data.end());
        chain_ = {};
        chaining_ = false;
    }
    return command.data.size() <= rules_.max_command;
}

Answer Transport::first_part(Answer answer, const Command& command) {
    if (answer.data.empty()) return answer;
    waiting_ = std::move(answer.data);
    waiting_sw_ = answer.sw;
    if (!rules_.t0) return next_part(command.le.value_or(256));
    if (!command.data.empty()) {
        const auto shown = waiting_.size() >= 256 ? 0 : waiting_.size();
        return status(static_cast<std::uint16_t>(0x6100 | shown));
    }
    return next_part(command.le.value_or(256));
}

Answer Transport::next_part(std::size_t wanted) {
    if (rules_.t0 && wanted > waiting_.size() && waiting_.size() < 256)
        return status(static_cast<std::uint16_t>(0x6C00 | waiting_.size()));
    const auto size = std::min({wanted, waiting_.size(), rules_.max_answer});
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
    Answer part{{waiting_.begin(), end}, waiting_sw_};
    waiting_.erase(waiting_.begin(), end);
    if (!waiting_.empty())
        part.sw = static_cast<std::uint16_t>(0x6100 | (waiting_.size() >= 256 ? 0 : waiting_.size()));
    return part;
}

} // namespace acredita::practice
