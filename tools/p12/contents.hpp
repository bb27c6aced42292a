// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What was found in a backup before it is sorted into pairs and chains.
#pragma once

#include "tools/p12/open.hpp"

namespace acredita::p12 {

struct FoundKey {
    Secret pkcs8;
    KeyHandle handle; // null if OpenSSL does not know the algorithm
    KeyFacts facts;
};

struct FoundCertificate {
    X509Handle handle;
    Certificate facts;
    bool used = false;
};

struct Contents {
    std::vector<FoundKey> keys;
    std::vector<FoundCertificate> certificates;
    std::size_t repeated_certificates = 0;
};

// Adds one, unless the same is there already. Errors: damaged (too many, or no PrivateKeyInfo at all).
[[nodiscard]] Result<void> add_key(const Crypto& crypto, ByteView pkcs8, Contents& into);
[[nodiscard]] Result<void> add_certificate(const Crypto& crypto, ByteView der, Contents& into);

// Moves everything into credentials, lone keys and lone certificates.
void sort_out(const Crypto& crypto, Contents contents, Opened& into);

} // namespace acredita::p12
