// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card made of a transcript (pcsc/apdu/transcript.hpp), for tests: it answers what the text says, in that
// order, and nothing else. A command that differs in one byte, or comes when the text is at its end, is an
// error and is kept in complaint(); "**" in the text stands for any byte of a command and is refused in an
// answer, whose bytes must be known. A test ends with BOOST_TEST(card.finished()).
#pragma once

#include "pcsc/apdu/channel.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace acredita::tests {

enum class replay_errc { off_script = 1, torn };

} // namespace acredita::tests

namespace acredita {

template <>
struct ErrorTable<tests::replay_errc> {
    static constexpr std::string_view family = "replay";
    static constexpr ErrorRow<tests::replay_errc> rows[] = {
        {tests::replay_errc::off_script, "off_script", "the command is not the one of the transcript"},
        {tests::replay_errc::torn, "torn", "the transcript has an error here"},
    };
};

} // namespace acredita

namespace acredita::tests {

class ReplayChannel final : public Channel {
public:
    // Throws std::invalid_argument if the text is no transcript: then the test itself is wrong.
    explicit ReplayChannel(std::string_view text, Protocol protocol = Protocol::t1) : protocol_(protocol) {
        while (!text.empty()) {
            const auto end = text.find('\n');
            read_line(text.substr(0, end));
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        }
        if (!steps_.empty() && !steps_.back().answered)
            throw std::invalid_argument("the last command has no answer");
    }

    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        if (at_ == steps_.size()) return off_script("nothing", to_hex(frame.bytes));
        const auto& step = steps_[at_];
        bool same = step.command.size() == frame.bytes.size();
        for (std::size_t i = 0; same && i < step.command.size(); ++i)
            same = step.command[i] == any || step.command[i] == frame.bytes[i];
        if (!same) return off_script(step.spelled, to_hex(frame.bytes));
        ++at_;
        if (step.torn) return fail(replay_errc::torn);
        return ZeroingBytes(step.answer.begin(), step.answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return protocol_; }

    // Everything was asked for and nothing else.
    [[nodiscard]] bool finished() const noexcept { return at_ == steps_.size() && complaint_.empty(); }
    [[nodiscard]] std::size_t exchanges() const noexcept { return at_; }
    // What was expected and what came instead, the first time that happened; empty if it never did.
    [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }

private:
    static constexpr int any = -1;

    struct Step {
        std::string spelled;
        std::vector<int> command;
        Bytes answer;
        bool answered = false;
        bool torn = false;
    };

    static std::vector<int> read_command(std::string_view text) {
        std::vector<int> bytes;
        for (std::size_t i = 0; i < text.size();) {
            if (text[i] == ' ') {
                ++i;
            } else if (text.substr(i, 2) == "**") {
                bytes.push_back(any);
                i += 2;
            } else {
                const auto byte = from_hex(text.substr(i, 2));
                if (!byte || byte->size() != 1)
                    throw std::invalid_argument("not hexadecimal: " + std::string(text));
                bytes.push_back(byte->front());
                i += 2;
            }
        }
        return bytes;
    }

    void read_line(std::string_view line) {
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
        const bool waiting = !steps_.empty() && !steps_.back().answered;
        if (line.starts_with('>')) {
            if (waiting) throw std::invalid_argument("two commands in a row: " + std::string(line));
            steps_.push_back({std::string(line.substr(1)), read_command(line.substr(1)), {}, false, false});
        } else if (line.starts_with('<')) {
            if (!waiting) throw std::invalid_argument("an answer to nothing: " + std::string(line));
            const auto bytes = from_hex(line.substr(1));
            if (!bytes || bytes->size() < 2)
                throw std::invalid_argument("not an answer: " + std::string(line));
            steps_.back().answer = *bytes;
            steps_.back().answered = true;
        } else if (line.starts_with("# error") && waiting) {
            steps_.back().answered = true;
            steps_.back().torn = true;
        } else if (!line.empty() && !line.starts_with('#')) {
            throw std::invalid_argument("neither command, answer nor remark: " + std::string(line));
        }
    }

    tl::unexpected<Error> off_script(const std::string& expected, const std::string& came) {
        if (complaint_.empty()) complaint_ = "expected " + expected + ", got " + came;
        return fail(replay_errc::off_script, complaint_);
    }

    std::vector<Step> steps_;
    std::size_t at_ = 0;
    std::string complaint_;
    Protocol protocol_;
};

} // namespace acredita::tests
