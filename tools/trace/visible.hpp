// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What of an exchange may be shown when nobody has said what is secret: the traced program is not ours. An
// allow-list: SELECT, GET DATA, READ BINARY and RECORD, GET RESPONSE behind one of these, MANAGE SECURITY
// ENVIRONMENT and the three questions of YubiKeys about metadata, version and serial number; of everything
// else the header and the status word only. So no PIN, key, signature or plaintext is told, known instruction
// or not. Of GET DATA two kinds of answers are held back: PIV's printed information (5FC109), where some
// tools keep the management key, and biometrics.
//
// Sources: ISO 7816-4:2005 clause 7, SP 800-73-4 part 1 table 3, Yubico's PIV extensions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace acredita::trace {

using View = std::span<const std::uint8_t>;

struct Visible {
    std::size_t command = 0; // bytes from the front that are shown
    bool response = false;   // its data; the status word always is
};

// `before` is whether the previous answer on this connection was shown (for GET RESPONSE).
[[nodiscard]] Visible visible(View command, bool before) noexcept;

} // namespace acredita::trace
