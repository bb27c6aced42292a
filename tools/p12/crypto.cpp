// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/crypto.hpp"

#include "tools/p12/errc.hpp"

#include <openssl/err.h>

namespace acredita::p12 {

QuietErrors::QuietErrors() noexcept { ERR_clear_error(); }
QuietErrors::~QuietErrors() { ERR_clear_error(); }

Result<Crypto> Crypto::create(bool with_legacy) {
    const QuietErrors quiet;
    Crypto crypto;
    crypto.context_.reset(OSSL_LIB_CTX_new());
    if (!crypto.context_) return fail(p12_errc::crypto_failure, "no library context");
    crypto.default_.reset(OSSL_PROVIDER_load(crypto.context(), "default"));
    if (!crypto.default_) return fail(p12_errc::crypto_failure, "no default provider");
    if (with_legacy) crypto.legacy_.reset(OSSL_PROVIDER_load(crypto.context(), "legacy"));
    return crypto;
}

Result<const Crypto*> Crypto::shared() {
    // Never freed: keys made with it may live until the very end of the process.
    static const auto* const crypto = new Result<Crypto>(create());
    if (!*crypto) return fail(crypto->error());
    return &**crypto;
}

} // namespace acredita::p12
