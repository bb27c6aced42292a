// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The certificates of issuers that are shipped with the program (tools/p12/authorities/README.md): they
// complete a chain that a backup leaves open. Completing is all they do; they are no trust store.
#pragma once

#include "tools/p12/certificate.hpp"

namespace acredita::p12 {

struct Authority {
    X509Handle handle;
    Certificate facts;
};

[[nodiscard]] std::vector<Authority> shipped_authorities(const Crypto& crypto);

} // namespace acredita::p12
