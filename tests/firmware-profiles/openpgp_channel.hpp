// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice OpenPGP card inside the test program: a Channel to it that counts, and can answer something
// else.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "tools/practice/openpgp/options.hpp"

#include <functional>

namespace acredita::tests {

class OpenPgpChannel final : public Channel {
public:
    // Options as on the command line, already split: {"firmware", "gnuk"}.
    explicit OpenPgpChannel(practice::CardOptions options)
        : application_([&] {
              auto settings = practice::openpgp::read_settings(options).value();
              settings.fresh.serial = 4711;
              return settings;
          }()) {}
    explicit OpenPgpChannel(std::string_view firmware)
        : OpenPgpChannel(practice::CardOptions{{"firmware", firmware}}) {}

    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        ++exchanges;
        commands.push_back(frame.bytes[1]);
        auto answer = application_.exchange(frame.bytes);
        if (lie) lie(frame.bytes, answer);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return Protocol::t1; }
    [[nodiscard]] Bytes atr() const { return application_.atr(); }
    void reset() { application_.reset(); }
    [[nodiscard]] std::size_t spent() { return std::exchange(exchanges, 0); }

    std::size_t exchanges = 0;
    std::vector<std::uint8_t> commands{};        // their INS
    std::function<void(ByteView, Bytes&)> lie{}; // changes an answer on its way

private:
    practice::openpgp::OpenPgpApplication application_;
};

} // namespace acredita::tests
