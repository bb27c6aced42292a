// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice card inside the test program: a Channel to it that counts, and can let another program
// interfere.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "tools/practice/piv/application.hpp"

#include <functional>

namespace acredita::tests {

class PracticeChannel final : public Channel {
public:
    explicit PracticeChannel(std::string_view firmware, bool extended = true, bool t0 = false)
        : firmware_(*practice::piv::find_firmware(firmware)), protocol_(t0 ? Protocol::t0 : Protocol::t1),
          application_({.firmware = &firmware_, .extended = extended, .t0 = t0, .fresh = fresh(firmware_)}) {}

    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        ++exchanges;
        commands.push_back(frame.bytes[1]);
        const auto answer = application_.exchange(frame.bytes);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return protocol_; }
    [[nodiscard]] Bytes atr() const { return application_.atr(); }
    // What another program's selection of the same application, or a reset, does.
    void reset() { application_.reset(); }
    [[nodiscard]] std::size_t spent() { return std::exchange(exchanges, 0); }

    std::size_t exchanges = 0;
    std::vector<std::uint8_t> commands{}; // their INS

private:
    static practice::piv::Fresh fresh(const practice::piv::Firmware& firmware) {
        practice::piv::Fresh fresh;
        fresh.pin_tries = firmware.pin_tries;
        fresh.puk_tries = firmware.puk_tries;
        fresh.serial = 4711;
        return fresh;
    }

    const practice::piv::Firmware& firmware_;
    Protocol protocol_;
    practice::piv::PivApplication application_;
};

} // namespace acredita::tests
