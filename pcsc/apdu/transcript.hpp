// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An exchange with a card as text, one line a command and one an answer, for people, bug reports and replay
// in tests:
//
//     # reader Virtual PCD 00 00 ATR 3B 80 80 01 01
//     # reset
//     > 00 20 00 80 08 ** ** ** ** ** ** ** **
//     < 90 00
//     # error reader.card_removed
//
// "**" is a byte that was there and is not told: what the Frame calls secret is masked before it becomes
// text, so no PIN and no key can get into a transcript whoever reads it. Lines that begin with # are remarks;
// "# reset" is one that a replay heeds. Nothing here fails: a sink that cannot keep a line loses it.
#pragma once

#include "pcsc/apdu/channel.hpp"

#include <functional>
#include <string>

namespace acredita {

class Transcript {
public:
    // Gets one line at a time, without its end.
    using Sink = std::function<void(std::string_view line)>;

    explicit Transcript(Sink sink) : sink_(std::move(sink)) {}

    void reader(std::string_view name, ByteView atr);
    void reset();
    void remark(std::string_view text);
    void exchange(const Frame& frame, const Result<ZeroingBytes>& answer);

private:
    Sink sink_;
};

// Upper-case hexadecimal with spaces, `secret_size` bytes from `secret_from` on as "**".
[[nodiscard]] std::string transcript_bytes(ByteView bytes, std::size_t secret_from = 0,
                                           std::size_t secret_size = 0);

// Carries everything to another channel and writes it down on the way. Both must outlive it.
class RecordingChannel final : public Channel {
public:
    RecordingChannel(Channel& inner, Transcript& transcript) : inner_(inner), transcript_(transcript) {}
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override;
    [[nodiscard]] Protocol protocol() const noexcept override { return inner_.protocol(); }
    [[nodiscard]] bool short_only() override { return inner_.short_only(); }

private:
    Channel& inner_;
    Transcript& transcript_;
};

} // namespace acredita
