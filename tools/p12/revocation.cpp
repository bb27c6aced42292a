// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/revocation.hpp"

#include <algorithm>

#include <openssl/ocsp.h>

namespace acredita::p12 {

namespace {

using List = Handle<X509_CRL, X509_CRL_free>;
using Answer = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using Basic = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using Identifier = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using Store = Handle<X509_STORE, X509_STORE_free>;

constexpr std::size_t largest = std::size_t{16} * 1024 * 1024;

bool current(const ASN1_TIME* from, const ASN1_TIME* until, Time now) {
    auto at = static_cast<std::time_t>(now.time_since_epoch().count());
    if (from == nullptr || X509_cmp_time(from, &at) > 0) return false;
    // Without an end nobody promises that nothing newer exists.
    return until != nullptr && X509_cmp_time(until, &at) > 0;
}

Revocation by_list(const Crypto& crypto, X509* certificate, X509* issuer, ByteView der, Time now) {
    const auto* at = der.data();
    X509_CRL* raw = X509_CRL_new_ex(crypto.context(), nullptr);
    (void)d2i_X509_CRL(&raw, &at, static_cast<long>(der.size()));
    const List list(raw);
    if (!list || X509_NAME_cmp(X509_CRL_get_issuer(list.get()), X509_get_subject_name(issuer)) != 0 ||
        X509_CRL_verify(list.get(), X509_get0_pubkey(issuer)) != 1)
        return Revocation::absent;
    X509_REVOKED* entry = nullptr;
    // 2: taken off the list again, which only lists of differences say.
    if (X509_CRL_get0_by_cert(list.get(), &entry, certificate) == 1) return Revocation::revoked;
    // A list of a part of the certificates (FNMT has hundreds) is silent about all others.
    const auto part = X509_CRL_get_ext_by_NID(list.get(), NID_issuing_distribution_point, -1);
    if (part >= 0) return Revocation::absent;
    return current(X509_CRL_get0_lastUpdate(list.get()), X509_CRL_get0_nextUpdate(list.get()), now)
               ? Revocation::good
               : Revocation::good_stale;
}

// The answer's signer is the issuer, or has a certificate of the issuer for this very purpose.
bool signed_for(OCSP_BASICRESP* answer, X509* issuer, Time now) {
    const Store store(X509_STORE_new());
    if (!store || X509_STORE_add_cert(store.get(), issuer) != 1) return false;
    auto* parameters = X509_STORE_get0_param(store.get());
    (void)X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(now.time_since_epoch().count()));
    struct Stack {
        void operator()(STACK_OF(X509) * of) const noexcept { sk_X509_free(of); }
    };
    const std::unique_ptr<STACK_OF(X509), Stack> known(sk_X509_new_null());
    return known && sk_X509_push(known.get(), issuer) > 0 &&
           OCSP_basic_verify(answer, known.get(), store.get(), OCSP_TRUSTOTHER) == 1;
}

Revocation by_answer(X509* certificate, X509* issuer, ByteView der, Time now) {
    const auto* at = der.data();
    const Answer answer(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!answer || OCSP_response_status(answer.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return Revocation::absent;
    const Basic basic(OCSP_response_get1_basic(answer.get()));
    if (!basic || !signed_for(basic.get(), issuer, now)) return Revocation::absent;
    for (const auto* digest : {EVP_sha1(), EVP_sha256()}) {
        const Identifier identifier(OCSP_cert_to_id(digest, certificate, issuer));
        int status = V_OCSP_CERTSTATUS_UNKNOWN;
        int reason = 0;
        ASN1_GENERALIZEDTIME* revoked = nullptr;
        ASN1_GENERALIZEDTIME* from = nullptr;
        ASN1_GENERALIZEDTIME* until = nullptr;
        if (!identifier || OCSP_resp_find_status(basic.get(), identifier.get(), &status, &reason, &revoked,
                                                 &from, &until) != 1)
            continue;
        if (status == V_OCSP_CERTSTATUS_REVOKED) return Revocation::revoked;
        if (status == V_OCSP_CERTSTATUS_GOOD)
            return current(from, until, now) ? Revocation::good : Revocation::good_stale;
    }
    return Revocation::absent;
}

int weight(Revocation of) {
    switch (of) {
    case Revocation::absent:
        return 0;
    case Revocation::good_stale:
        return 1;
    case Revocation::good:
        return 2;
    case Revocation::revoked:
        return 3;
    }
    return 0;
}

} // namespace

Revocation revocation_of(const Crypto& crypto, ByteView certificate, ByteView issuer,
                         const std::vector<Bytes>& lists, const std::vector<Bytes>& answers, Time now) {
    if (lists.empty() && answers.empty()) return Revocation::absent;
    const QuietErrors quiet;
    const auto leaf = load_certificate(crypto, certificate);
    const auto above = load_certificate(crypto, issuer);
    auto result = Revocation::absent;
    if (!leaf || !above) return result;
    const auto take = [&](Revocation said) {
        if (weight(said) > weight(result)) result = said;
    };
    for (const auto& list : lists)
        if (list.size() <= largest) take(by_list(crypto, leaf->get(), above->get(), list, now));
    for (const auto& answer : answers)
        if (answer.size() <= largest) take(by_answer(leaf->get(), above->get(), answer, now));
    return result;
}

std::string_view name_of(Revocation revocation) noexcept {
    constexpr std::string_view names[] = {"absent", "good", "good_stale", "revoked"};
    return names[static_cast<std::size_t>(revocation)];
}

} // namespace acredita::p12
