// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSSL's and libp11's error queue, emptied into one Error.
#pragma once

#include "pcsc/base/error.hpp"

#include <string_view>

namespace acredita::client {

// Empties this thread's queue. What a module said through libp11 becomes an error of the family "cryptoki"
// with its CK_RV; anything else is client.openssl_failed with OpenSSL's sentences in the detail, oldest
// first.
[[nodiscard]] tl::unexpected<Error>
fail_openssl(std::string_view function, std::source_location where = std::source_location::current());

} // namespace acredita::client
