// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The last look at a signed file before anybody else sees it: is it what was meant, and nothing else?
#pragma once

#include "tools/letter/append/revision.hpp"

#include <filesystem>

namespace acredita::letter {

struct Expected {
    std::uint64_t original_size;
    const Bytes& original_sha256;
    const Revision& revision;
    const Bytes& certificate; // DER, whose key must have signed
    bool stamped = false;     // a timestamp must be there and fit
};

// The SHA-256 of the whole file. self_check_failed with the name of the part that failed.
[[nodiscard]] Result<Bytes> self_check(const std::filesystem::path& path, const Expected& expected);

} // namespace acredita::letter
