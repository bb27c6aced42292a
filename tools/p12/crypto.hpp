// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSSL for backups: a private library context with the default and the legacy provider (RC2, RC4, DES), so
// that nothing else in the process ever gets the old ciphers, plus owners for OpenSSL's objects.
//
// A Crypto must outlive every key and certificate made with it; shared() lives until the process ends.
#pragma once

#include "pcsc/base/error.hpp"
#include "pcsc/base/owned.hpp"

#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

namespace acredita::p12 {

template <class T, auto function>
using Handle = Owned<T, function>;

using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using X509Handle = Handle<X509, X509_free>;

// OpenSSL's thread-wide list of errors is left empty, whatever happened inside.
struct QuietErrors {
    QuietErrors() noexcept;
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
    QuietErrors(QuietErrors&&) = delete;
    QuietErrors& operator=(QuietErrors&&) = delete;
    ~QuietErrors();
};

// Lets OpenSSL zeroise whatever it frees: its decoders leave copies of a key behind. For the start of main(),
// before anything else of OpenSSL; false if it comes too late. A library must not do this to its host.
[[nodiscard]] bool zeroise_what_openssl_frees() noexcept;

// Gives OpenSSL a small heap of locked pages that are left out of core dumps; private numbers go there. Once
// a process; without effect where the program made one already.
void keep_private_numbers_locked() noexcept;

class Crypto {
public:
    // crypto_failure if not even the default provider can be had. A missing legacy provider is no failure
    // here.
    [[nodiscard]] static Result<Crypto> create(bool with_legacy = true);
    [[nodiscard]] static Result<const Crypto*> shared();

    [[nodiscard]] OSSL_LIB_CTX* context() const noexcept { return context_.get(); }
    [[nodiscard]] bool has_legacy() const noexcept { return legacy_ != nullptr; }

private:
    Crypto() = default;
    // Providers are unloaded before their context is freed: members end in reverse order.
    Handle<OSSL_LIB_CTX, OSSL_LIB_CTX_free> context_;
    Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload> default_;
    Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload> legacy_;
};

} // namespace acredita::p12
