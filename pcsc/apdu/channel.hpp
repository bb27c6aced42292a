// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The test seam of the whole stack: something that carries one command to a card and one response back.
//
// Real: pcsc/reader's Transaction. In tests: a replayed transcript or a scripted card.
#pragma once

#include "pcsc/apdu/command.hpp"

namespace acredita {

enum class Protocol : std::uint8_t { t0, t1 };

// One command as it goes over the wire, with the span of it that no transcript may show.
struct Frame {
    ByteView bytes;
    std::size_t secret_from = 0;
    std::size_t secret_size = 0;
    bool secret_response = false;
};

class Channel {
public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    // One exchange. The answer ends with the status word; it has at least two bytes. Errors are those of the
    // transport (reader_errc); a status word is never an error here.
    [[nodiscard]] virtual Result<ZeroingBytes> transmit(const Frame& frame) = 0;
    [[nodiscard]] virtual Protocol protocol() const noexcept = 0;
    // Nothing longer than a short APDU gets through, whatever the card could take. Asked before the first
    // long one.
    [[nodiscard]] virtual bool short_only() { return false; }
};

} // namespace acredita
