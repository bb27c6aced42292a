// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A command for a card (ISO 7816-4:2005 5.1) before it is cut into what the wire can carry, and the answer to
// it.
//
// The data are zeroised when the command ends, whether they were secret or not: then the question whether
// this one held a PIN needs no answer. What a transcript must not show is said here, by whoever builds the
// command.
#pragma once

#include "pcsc/apdu/status_word.hpp"
#include "pcsc/base/secret.hpp"

namespace acredita {

// Which part of an exchange a transcript masks.
enum class Mask : std::uint8_t { nothing, data, response, both };

struct CommandApdu {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    ZeroingBytes data{};
    std::size_t le =
        0; // bytes wanted at most; 0: no answer but the status word; max_le: as many as there are
    Mask mask = Mask::nothing;
    bool head_only = false; // the first part of the answer will do: what 61xx announces is left on the card

    static constexpr std::size_t max_le = 65536;
};

struct ResponseApdu {
    ZeroingBytes data{};
    StatusWord sw{};
    // The command was cut into a chain and refused before its last part: the card may keep a half chain, so
    // the application must be selected again before anything else is sent.
    bool chain_broken = false;
};

[[nodiscard]] inline ZeroingBytes zeroing(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

} // namespace acredita
