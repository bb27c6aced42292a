// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/path.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

namespace acredita::letter {

namespace {

using StorePtr = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>>;

constexpr int max_path = 10;

} // namespace

void judge_validity(const X509* certificate, SignatureVerdict& verdict) {
    const auto from = to_time(X509_get0_notBefore(certificate));
    const auto until = to_time(X509_get0_notAfter(certificate));
    if (!from || !until || !verdict.claimed_time) return;
    const auto time = *verdict.claimed_time;
    verdict.validity = time < *from    ? Validity::not_yet_valid
                       : time > *until ? Validity::expired
                                       : Validity::valid;
    if (verdict.validity == Validity::expired)
        verdict.expired_days = std::chrono::floor<std::chrono::days>(time - *until).count();
}

Result<void> judge_path(const SignedData& data, const std::vector<Bytes>& anchors,
                        SignatureVerdict& verdict) {
    if (anchors.empty()) return {};
    verdict.path = Path::untrusted;
    const StorePtr store(X509_STORE_new());
    for (const auto& der : anchors) {
        ACREDITA_TRY(anchor, parse_certificate(der));
        X509_STORE_add_cert(store.get(), anchor.get());
    }
    const BorrowedStackPtr others(sk_X509_new_null());
    for (auto* certificate : data.certificates()) sk_X509_push(others.get(), certificate);
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store.get(), data.signer(), others.get()) != 1)
        return {};
    auto* parameters = X509_STORE_CTX_get0_param(context.get());
    // Expiry is a part of its own (judge_validity); here the question is whether the path held while it
    // could.
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    // OpenSSL counts the very second of notAfter as expired.
    auto time = verdict.claimed_time.value_or(now);
    if (const auto until = to_time(X509_get0_notAfter(data.signer())))
        time = std::min(time, *until - std::chrono::seconds(1));
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(time.time_since_epoch().count()));
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(parameters, max_path);
    if (X509_verify_cert(context.get()) == 1)
        verdict.path = Path::trusted;
    else
        verdict.path_problem = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    ERR_clear_error();
    return {};
}

} // namespace acredita::letter
