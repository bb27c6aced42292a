// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A CK_RV as an Error, and every other error as a CK_RV. Inside the module a function that can only fail in
// the standard's own ways returns fail(CKR_...); what comes from below is translated once, at the C boundary.
// Source: PKCS #11 v2.40 base, 5.1 (which value may mean what).
#pragma once

#include "pcsc/base/error.hpp"
#include "pkcs11/module/cryptoki.hpp"

namespace acredita::module {

[[nodiscard]] tl::unexpected<Error> fail(CK_RV rv,
                                         std::source_location where = std::source_location::current());
using acredita::fail;

[[nodiscard]] bool is(const Error& error, CK_RV rv) noexcept;
using acredita::is;

// What the caller of a C_ function is told.
[[nodiscard]] CK_RV to_rv(const Error& error) noexcept;

// The card has left or nobody can reach it: whatever was known about it is worth nothing now.
[[nodiscard]] bool card_is_gone(const Error& error) noexcept;

} // namespace acredita::module
