// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/path.hpp"

#include "tools/letter/cms/store.hpp"

#include <algorithm>

#include <openssl/err.h>

namespace acredita::letter {

namespace {

using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>>;

} // namespace

void judge_validity(const X509* certificate, std::chrono::sys_seconds now, SignatureVerdict& verdict) {
    const auto from = to_time(X509_get0_notBefore(certificate));
    const auto until = to_time(X509_get0_notAfter(certificate));
    const auto at = verdict.time();
    if (!from || !until || !at) return;
    verdict.validity = *at < *from    ? Validity::not_yet_valid
                       : *at > *until ? Validity::expired
                                      : Validity::valid;
    verdict.expired_since = verdict.validity == Validity::valid && now > *until;
    if (verdict.validity == Validity::expired)
        verdict.expired_days = std::chrono::floor<std::chrono::days>(*at - *until).count();
}

Result<std::vector<Bytes>> judge_path(const SignedData& data, const std::vector<Bytes>& anchors,
                                      const std::vector<Bytes>& others, std::chrono::sys_seconds now,
                                      SignatureVerdict& verdict) {
    std::vector<Bytes> path;
    if (anchors.empty()) return path;
    verdict.path = Path::untrusted;
    // Expiry is a part of its own (judge_validity); here the question is whether the path held while it
    // could.
    auto time = verdict.time().value_or(now);
    // OpenSSL counts the very second of notAfter as expired.
    if (const auto until = to_time(X509_get0_notAfter(data.signer())))
        time = std::min(time, *until - std::chrono::seconds(1));
    ACREDITA_TRY(store, store_of(anchors, time));
    ACREDITA_TRY(helpers, parse_all(others));
    const BorrowedStackPtr untrusted(sk_X509_new_null());
    for (auto* certificate : data.certificates()) sk_X509_push(untrusted.get(), certificate);
    for (int i = 0; i < sk_X509_num(helpers.get()); ++i)
        sk_X509_push(untrusted.get(), sk_X509_value(helpers.get(), i));
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store.get(), data.signer(), untrusted.get()) != 1)
        return path;
    if (X509_verify_cert(context.get()) == 1) {
        verdict.path = Path::trusted;
        const auto* chain = X509_STORE_CTX_get0_chain(context.get());
        for (int i = 0; i < sk_X509_num(chain); ++i) path.push_back(der_of(sk_X509_value(chain, i)));
    } else {
        verdict.path_problem = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    }
    ERR_clear_error();
    return path;
}

} // namespace acredita::letter
