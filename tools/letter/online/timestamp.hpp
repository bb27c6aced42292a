// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A timestamp authority behind an address (RFC 3161 3.4).
#pragma once

#include "tools/letter/cms/timestamp.hpp"

#include <filesystem>

namespace acredita::letter {

struct AuthorityAddress {
    std::string url;
    std::filesystem::path tls_authorities{}; // PEM; the system's if empty
    std::chrono::milliseconds time{20000};
};

// timestamp_unreachable with the reason: no connection, another status than 200, another kind of answer, too
// large, too slow.
[[nodiscard]] AskAuthority ask_over_http(AuthorityAddress address);

} // namespace acredita::letter
