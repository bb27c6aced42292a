// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The exchange engine: chaining, 61xx, 6Cxx, extended lengths, T=0. One command is a bounded number of
// exchanges and its answer never longer than agreed.
#include "pcsc/apdu/exchange.hpp"

#include "pcsc/apdu/transcript.hpp"
#include "tests/fuzz/scripted_card.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const auto flags = feed.byte();
    Transport transport;
    transport.extended = (flags & 1U) != 0;
    transport.chaining = (flags & 2U) != 0;
    transport.chain_after_wrong_length = (flags & 4U) != 0;
    if ((flags & 8U) != 0) transport.chunk = feed.byte();
    if ((flags & 16U) != 0) transport.max_response = std::size_t{256} + feed.word();
    if ((flags & 32U) != 0) transport.max_command_data = feed.word();
    CommandApdu command{.ins = feed.byte(), .p1 = feed.byte(), .p2 = feed.byte()};
    const auto length = feed.word();
    command.data.assign(length % 1024U, 0x5A);
    static constexpr std::size_t lengths[] = {0, 1, 255, 256, 257, 65535, CommandApdu::max_le};
    command.le = lengths[feed.byte() % std::size(lengths)];
    command.mask = static_cast<Mask>(flags >> 6U);
    command.head_only = (length & 0x8000U) != 0;

    // Every part of a chain of single bytes, sent twice at most, and the rounds of GET RESPONSE, two each.
    constexpr std::size_t most = 2 * 1024 + 2 * 1024 + 8;
    ScriptedCard card(feed, most, most);
    std::size_t longest_line = 0;
    Transcript transcript([&](std::string_view line) { longest_line = std::max(longest_line, line.size()); });
    RecordingChannel recording(card, transcript);
    // Writing megabytes down in hexadecimal says nothing more than writing some of it.
    const bool short_one = command.data.size() < 32;
    const auto response = exchange(short_one ? static_cast<Channel&>(recording) : card, command, transport);
    if (response) {
        const bool whole = !command.head_only;
        require(!whole || response->data.size() <= transport.max_response, "no answer above its limit");
        require(response->data.size() <= 2 * 65536 + 256, "no answer above all limits");
    }
    require(longest_line <= 3 * 65800, "one line for one message");
    return 0;
}
