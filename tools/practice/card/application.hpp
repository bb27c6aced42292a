// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What runs inside a chip: its answer to reset, its commands, its memory. VirtualCard is the chip around it.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <nlohmann/json_fwd.hpp>

namespace acredita::practice {

class Application {
public:
    virtual ~Application() = default;

    // Empty: a mute card, which answers nothing at all.
    [[nodiscard]] virtual Bytes atr() const = 0;
    // Power-up or warm reset: whatever is not in the memory is forgotten.
    virtual void reset() = 0;
    // One command APDU in, one response APDU out. Any bytes may come in.
    [[nodiscard]] virtual Bytes exchange(ByteView command) = 0;
    // The persistent memory, and whether it has changed since the last save.
    [[nodiscard]] virtual nlohmann::json save() = 0;
    [[nodiscard]] virtual Result<void> load(const nlohmann::json& memory) = 0;
    [[nodiscard]] virtual bool changed() const = 0;
};

} // namespace acredita::practice
