// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The bags of a SafeContents (RFC 7292 4.2), sorted by kind. Attributes are never believed: friendlyName and
// localKeyID of real files are wrong, oversized, or hold the private key in clear; only hints are taken.
// Views point into the safe. Errors: damaged.
#pragma once

#include "tools/p12/attributes.hpp"
#include "tools/p12/pfx.hpp"

namespace acredita::p12 {

struct Bags {
    std::vector<ByteView> keys;         // PrivateKeyInfo in clear
    std::vector<Sealed> sealed_keys;    // EncryptedPrivateKeyInfo
    std::vector<ByteView> certificates; // X.509 in DER
    std::size_t skipped = 0;            // CRLs, secrets, SDSI certificates, unknown bags
    AttributeHints hints;
};

// Adds what a SafeContents holds, nested ones included.
[[nodiscard]] Result<void> collect_bags(ByteView safe_contents, Bags& into);

} // namespace acredita::p12
