// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Random numbers of the operating system: browsers ask for them at every start, and no card should be woken
// for that.
#pragma once

#include <cerrno>
#include <cstdint>
#include <span>

#include <sys/random.h>

namespace acredita::module {

[[nodiscard]] inline bool fill_random(std::span<std::uint8_t> bytes) noexcept {
    while (!bytes.empty()) {
        const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

} // namespace acredita::module
