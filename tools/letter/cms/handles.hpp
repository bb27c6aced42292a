// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Owning handles of OpenSSL's objects, and its last error as text without secrets.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/releaser.hpp"

#include <chrono>
#include <memory>
#include <optional>

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace acredita::letter {

using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
struct BorrowedCertificates {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_free(stack); }
};
struct OwnedCertificates {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_pop_free(stack, X509_free); }
};
using BorrowedStackPtr = std::unique_ptr<STACK_OF(X509), BorrowedCertificates>;
using OwnedStackPtr = std::unique_ptr<STACK_OF(X509), OwnedCertificates>;
using CmsPtr = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo_free>>;

// bad_certificate unless `der` is exactly one certificate.
[[nodiscard]] Result<X509Ptr> parse_certificate(ByteView der);
[[nodiscard]] Bytes der_of(const X509* certificate);

// Seconds since 1970; nullopt for a time that is not one.
[[nodiscard]] std::optional<std::chrono::sys_seconds> to_time(const ASN1_TIME* time);

// The reason of OpenSSL's newest error; empties its queue.
[[nodiscard]] std::string openssl_reason();

} // namespace acredita::letter
