// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice IsoApplet inside the test program: a Channel to it that counts, and can let another program
// interfere.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "tools/practice/isoapplet/application.hpp"

#include <functional>

namespace acredita::tests {

class IsoAppletChannel final : public Channel {
public:
    explicit IsoAppletChannel(practice::isoapplet::Settings settings)
        : protocol_(settings.t0 ? Protocol::t0 : Protocol::t1), applet_(std::move(settings)) {}

    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        // Selecting the application belongs to no verb: how often depends on how long ago it was heard of
        // last.
        const bool selects = frame.bytes.size() > 4 && frame.bytes[1] == 0xA4 && frame.bytes[2] == 0x04;
        exchanges += selects ? 0U : 1U;
        if (before) before(frame.bytes);
        const auto answer = applet_.exchange(frame.bytes);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return protocol_; }
    [[nodiscard]] bool short_only() override { return carries_short_only; }
    [[nodiscard]] Bytes atr() const { return applet_.atr(); }
    void reset() { applet_.reset(); }
    [[nodiscard]] std::size_t spent() { return std::exchange(exchanges, 0); }
    // As another program would, between two verbs: hexadecimal in, status word out.
    [[nodiscard]] std::string by_another(std::string_view command) {
        const auto answer = applet_.exchange(from_hex(command).value());
        return to_hex(ByteView(answer).last(2));
    }

    std::size_t exchanges = 0;
    bool carries_short_only = false;
    std::function<void(ByteView)> before{}; // each command

private:
    Protocol protocol_;
    practice::isoapplet::IsoApplet applet_;
};

} // namespace acredita::tests
