// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice card of any kind inside the test program: a Channel to it that counts, and notes each command.
#pragma once

#include "pcsc/apdu/channel.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/files/file_card.hpp"

#include <algorithm>
#include <functional>

namespace acredita::tests {

class ChipChannel final : public Channel {
public:
    explicit ChipChannel(const std::string& spec)
        : chip_(practice::parse_card(spec).value().chip.make(4711)),
          protocol_(practice::files::t0_only(chip_->atr()) ? Protocol::t0 : Protocol::t1) {}

    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        commands.push_back(copy(frame.bytes));
        auto answer = chip_->exchange(frame.bytes);
        if (meddle) meddle(frame.bytes, answer);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return protocol_; }
    [[nodiscard]] Bytes atr() const { return chip_->atr(); }
    void reset() { chip_->reset(); }
    [[nodiscard]] std::size_t spent() { return std::exchange(commands, {}).size(); }
    [[nodiscard]] std::size_t sent(std::uint8_t ins) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(commands, [&](const Bytes& one) { return one[1] == ins; }));
    }

    std::vector<Bytes> commands{};
    std::function<void(ByteView command, Bytes& answer)> meddle{}; // what a card that lies would say

private:
    std::unique_ptr<practice::Application> chip_;
    Protocol protocol_;
};

} // namespace acredita::tests
