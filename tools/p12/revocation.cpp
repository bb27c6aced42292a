// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/revocation.hpp"

#include <ctime>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

namespace acredita::p12 {

namespace {

using List = Handle<X509_CRL, X509_CRL_free>;
using Answer = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using Basic = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using Identifier = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using Store = Handle<X509_STORE, X509_STORE_free>;

constexpr std::size_t largest = std::size_t{16} * 1024 * 1024;

std::optional<Time> time_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return Time(std::chrono::seconds(timegm(&parts)));
}

// A list of a part of the certificates (FNMT has hundreds) speaks only of those that name it as theirs, by
// the same address (RFC 5280 5.2.5 and 6.3.3 (b)(2)).
bool names_the_part(const ISSUING_DIST_POINT& part, X509* certificate) {
    if (part.onlyattr > 0 || part.indirectCRL > 0 || part.onlysomereasons != nullptr) return false;
    const bool authority = X509_check_ca(certificate) != 0;
    if ((part.onlyCA > 0 && !authority) || (part.onlyuser > 0 && authority)) return false;
    if (part.distpoint == nullptr) return true;
    if (part.distpoint->type != 0) return false;
    const Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free> points(static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
    const auto* names = part.distpoint->name.fullname;
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
        const auto* point = sk_DIST_POINT_value(points.get(), i);
        if (point->distpoint == nullptr || point->distpoint->type != 0 || point->CRLissuer != nullptr)
            continue;
        for (int j = 0; j < sk_GENERAL_NAME_num(point->distpoint->name.fullname); ++j)
            for (int k = 0; k < sk_GENERAL_NAME_num(names); ++k)
                if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(point->distpoint->name.fullname, j),
                                     sk_GENERAL_NAME_value(names, k)) == 0)
                    return true;
    }
    return false;
}

// False for a list of differences, of a part that is not this certificate's, or with a condition nobody here
// understands: such a list can revoke, but its silence means nothing.
bool is_complete_for(X509_CRL* list, X509* certificate) {
    for (int i = 0; i < X509_CRL_get_ext_count(list); ++i) {
        auto* extension = X509_CRL_get_ext(list, i);
        const auto kind = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
        if (X509_EXTENSION_get_critical(extension) == 1 && kind != NID_issuing_distribution_point)
            return false;
        if (kind != NID_issuing_distribution_point) continue;
        const Handle<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free> part(
            static_cast<ISSUING_DIST_POINT*>(X509V3_EXT_d2i(extension)));
        if (!part || !names_the_part(*part, certificate)) return false;
    }
    return true;
}

std::optional<RevocationNews> by_list(const Crypto& crypto, X509* certificate, X509* issuer, ByteView der) {
    const auto* at = der.data();
    X509_CRL* raw = X509_CRL_new_ex(crypto.context(), nullptr);
    (void)d2i_X509_CRL(&raw, &at, static_cast<long>(der.size()));
    const List list(raw);
    if (!list || X509_NAME_cmp(X509_CRL_get_issuer(list.get()), X509_get_subject_name(issuer)) != 0 ||
        X509_CRL_verify(list.get(), X509_get0_pubkey(issuer)) != 1)
        return std::nullopt;
    const auto from = time_of(X509_CRL_get0_lastUpdate(list.get()));
    if (!from) return std::nullopt;
    RevocationNews news{.from = *from, .until = time_of(X509_CRL_get0_nextUpdate(list.get())), .since = {}};
    X509_REVOKED* entry = nullptr;
    // 2: taken off the list again, which only lists of differences say.
    if (X509_CRL_get0_by_cert(list.get(), &entry, certificate) == 1) {
        news.revoked = true;
        news.since = time_of(X509_REVOKED_get0_revocationDate(entry));
        return news;
    }
    if (!is_complete_for(list.get(), certificate)) return std::nullopt;
    return news;
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

std::optional<RevocationNews> by_answer(X509* certificate, X509* issuer, ByteView der, Time now) {
    const auto* at = der.data();
    const Answer answer(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!answer || OCSP_response_status(answer.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) return std::nullopt;
    const Basic basic(OCSP_response_get1_basic(answer.get()));
    if (!basic || !signed_for(basic.get(), issuer, now)) return std::nullopt;
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
        const auto known = time_of(from);
        if (!known || status == V_OCSP_CERTSTATUS_UNKNOWN) continue;
        return RevocationNews{.revoked = status == V_OCSP_CERTSTATUS_REVOKED,
                              .from = *known,
                              .until = time_of(until),
                              .since = time_of(revoked)};
    }
    return std::nullopt;
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

std::vector<RevocationNews> revocation_news(const Crypto& crypto, ByteView certificate, ByteView issuer,
                                            const std::vector<Bytes>& lists,
                                            const std::vector<Bytes>& answers, Time now) {
    std::vector<RevocationNews> all;
    if (lists.empty() && answers.empty()) return all;
    const QuietErrors quiet;
    const auto leaf = load_certificate(crypto, certificate);
    const auto above = load_certificate(crypto, issuer);
    if (!leaf || !above) return all;
    const auto take = [&](const std::optional<RevocationNews>& news) {
        if (news) all.push_back(*news);
    };
    for (const auto& list : lists)
        if (list.size() <= largest) take(by_list(crypto, leaf->get(), above->get(), list));
    for (const auto& answer : answers)
        if (answer.size() <= largest) take(by_answer(leaf->get(), above->get(), answer, now));
    return all;
}

Revocation revocation_of(const Crypto& crypto, ByteView certificate, ByteView issuer,
                         const std::vector<Bytes>& lists, const std::vector<Bytes>& answers, Time now) {
    auto result = Revocation::absent;
    for (const auto& news : revocation_news(crypto, certificate, issuer, lists, answers, now)) {
        // Without an end nobody promises that nothing newer exists.
        const bool current = news.from <= now && news.until && *news.until > now;
        const auto said = news.revoked ? Revocation::revoked
                          : current    ? Revocation::good
                                       : Revocation::good_stale;
        if (weight(said) > weight(result)) result = said;
    }
    return result;
}

std::string_view name_of(Revocation revocation) noexcept {
    constexpr std::string_view names[] = {"absent", "good", "good_stale", "revoked"};
    return names[static_cast<std::size_t>(revocation)];
}

} // namespace acredita::p12
