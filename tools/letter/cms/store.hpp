// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Trust anchors as OpenSSL wants them, and what a certificate is called.
#pragma once

#include "tools/letter/cms/handles.hpp"

#include <vector>

#include <openssl/x509_vfy.h>

namespace acredita::letter {

using StorePtr = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;

// A store of these anchors (DER), of which none needs to be self-signed, that judges as of `time`.
// bad_certificate if one is none.
[[nodiscard]] Result<StorePtr> store_of(const std::vector<Bytes>& anchors, std::chrono::sys_seconds time);
[[nodiscard]] Result<OwnedStackPtr> parse_all(const std::vector<Bytes>& certificates);

// The common name, or the whole name where there is none; UTF-8 without control characters, at most 200
// bytes.
[[nodiscard]] std::string common_name(const X509* certificate);

} // namespace acredita::letter
