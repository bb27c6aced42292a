// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a person is reached: the only data of a renewal that may change. An address is never taken for
// verified; whoever writes to it will see.
#pragma once

#include "tools/renewal/errors.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace acredita::renewal {

struct Contact {
    std::string email{}, phone{}, fax{};
};

// Typed twice, the same both times: emails_differ, email_malformed. Only the shape is looked at (RFC 5321
// section 4.1.2 without quoted local parts, at most 254 bytes); letters beyond ASCII may stand in it.
[[nodiscard]] Result<std::string> read_email(std::string_view typed, std::string_view again);
// "lucia@gmail.com" for "lucia@gmial.com": a slip that is often made.
[[nodiscard]] std::optional<std::string> likely_meant(std::string_view email);
// "lu…@universidad.example"
[[nodiscard]] std::string masked_email(std::string_view email);

// Digits with blanks, hyphens, dots and one plus sign before; "" is none. phone_malformed.
[[nodiscard]] Result<std::string> read_phone(std::string_view typed);

} // namespace acredita::renewal
