// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is examined on a chosen credential before it goes onto a card. All but the self test are pure.
#pragma once

#include "tools/p12/open.hpp"

namespace acredita::p12 {

enum class Validity { valid, not_yet, expired };
[[nodiscard]] Validity validity_at(const Certificate& certificate, Time now) noexcept;

// Whether the certificate lets its key sign documents (nonRepudiation or digitalSignature, or no statement at
// all).
[[nodiscard]] bool may_sign(const KeyUsage& usage) noexcept;

// Below what is still considered safe: RSA and DSA under 2048 bits, curves under 224.
[[nodiscard]] bool is_weak(const KeyFacts& key) noexcept;

// Signs fresh random bytes with the key and verifies them under the certificate.
// Errors: self_test_failed, unsupported_key (it cannot sign at all).
[[nodiscard]] Result<void> self_test(const Crypto& crypto, EVP_PKEY* key, X509* certificate);
// What the same said when the backup was opened.
[[nodiscard]] Result<void> self_test(const Credential& credential);

} // namespace acredita::p12
