// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is written down of an exchange, by whichever of the three that do: no line breaks another, nothing a
// transcript may not show is in it, and what a replay reads it reads again.
#include "pcsc/apdu/transcript.hpp"

#include "tests/fuzz/target.hpp"
#include "tests/support/replay_channel.hpp"
#include "tools/trace/visible.hpp"
#include "tools/trace/writer.hpp"

#include <string>

using namespace acredita;
using namespace acredita::fuzz;

namespace {

void check_visible(ByteView command, bool before) {
    const auto visible = trace::visible(command, before);
    require(visible.command <= command.size(), "no more is shown than there is");
    if (command.size() < 2) return;
    static constexpr std::uint8_t secrets[] = {0x20, 0x21, 0x24, 0x2C, 0x87, 0xDB, 0xFE, 0xFF, 0x47, 0x2A};
    for (const auto secret : secrets)
        if (command[1] == secret) require(visible.command <= 7 && !visible.response, "no secret is shown");
}

void replay(std::string_view text) {
    try {
        tests::ReplayChannel card(text);
        for (int i = 0; i < 4; ++i) {
            const Bytes command{0x00, 0xA4, 0x04, 0x00};
            (void)card.transmit({command, 0, 0, false});
        }
    } catch (const std::invalid_argument&) { // which is how a test learns that its text is none
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const auto how = feed.byte();
    if (how == 0) {
        replay(as_text(feed.rest()));
        return 0;
    }
    const auto command = feed.chunk();
    const auto from = feed.word(), length = feed.word();
    const auto answer = feed.rest();
    check_visible(command, (how & 1U) != 0);
    trace::write_exchange(how, command, answer, (how & 2U) != 0 ? 0 : 0x80100069L);
    trace::write_remark("reader", std::string(as_text(command)).c_str(), answer, how);

    std::vector<std::string> lines;
    Transcript transcript([&](std::string_view line) { lines.emplace_back(line); });
    transcript.reader(as_text(command), answer);
    transcript.remark(as_text(answer));
    const Frame frame{command, from, length, (how & 4U) != 0};
    transcript.exchange(frame, ZeroingBytes(answer.begin(), answer.end()));
    for (const auto& line : lines)
        for (const char c : line) require(static_cast<unsigned char>(c) >= 0x20, "a line is a line");
    const auto& said = lines[2];
    require(said.starts_with("> "), "a command is said to be one");
    for (std::size_t i = from; i < command.size() && i - from < length; ++i)
        require(said.substr(2 + 3 * i, 2) == "**", "what is secret is masked");
    return 0;
}
