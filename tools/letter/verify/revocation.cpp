// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/revocation.hpp"

#include "tools/letter/cms/store.hpp"
#include "tools/p12/revocation.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

using std::chrono::sys_seconds;

// Clocks of authorities may run ahead of ours by this much.
constexpr std::chrono::minutes tolerance(5);

struct Found {
    Revocation state = Revocation::absent;
    std::optional<sys_seconds> since;
};

struct Moment {
    sys_seconds now;
    sys_seconds counts; // the time for which news must be fresh
    sys_seconds until;  // the end of the certificate: later lists may leave it out
    std::optional<sys_seconds> proven;
};

void take(const p12::RevocationNews& news, const Moment& at, Found& found) {
    if (news.revoked) {
        const bool later = at.proven && news.since && *at.proven < *news.since;
        if (found.state == Revocation::revoked && later) return;
        found = {later ? Revocation::revoked_later : Revocation::revoked, news.since};
        return;
    }
    if (found.state == Revocation::revoked || found.state == Revocation::revoked_later) return;
    if (news.from > at.now + tolerance || news.from > at.until) return;
    if (news.until && *news.until > at.counts)
        found.state = Revocation::fresh;
    else if (found.state == Revocation::absent)
        found.state = Revocation::stale;
}

[[nodiscard]] Result<Found> ask(const Bytes& certificate, const Bytes& issuer,
                                const RevocationEvidence& evidence, const Moment& at) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    Found found;
    for (const auto& news :
         p12::revocation_news(*crypto, certificate, issuer, evidence.lists, evidence.answers, at.now))
        take(news, at, found);
    // The certificate of a responder of those days may have ended since.
    for (const auto& news :
         p12::revocation_news(*crypto, certificate, issuer, {}, evidence.answers, at.counts))
        take(news, at, found);
    return found;
}

void add(RevocationEvidence& to, const RevocationEvidence& more) {
    to.lists.insert(to.lists.end(), more.lists.begin(), more.lists.end());
    to.answers.insert(to.answers.end(), more.answers.begin(), more.answers.end());
}

} // namespace

Result<void> judge_revocation(const std::vector<Bytes>& path, const VerifyOptions& options,
                              const RevocationEvidence& evidence, sys_seconds now,
                              SignatureVerdict& verdict) {
    if (verdict.path != Path::trusted || path.empty()) return {};
    verdict.revocation = Revocation::absent;
    RevocationEvidence all = options.revocation;
    add(all, evidence);
    const auto proven =
        verdict.time_proof == TimeProof::proven ? std::optional(verdict.stamp->time) : std::nullopt;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        ACREDITA_TRY(certificate, parse_certificate(path[i]));
        const auto until = to_time(X509_get0_notAfter(certificate.get())).value_or(now);
        const Moment at{now, std::min(proven.value_or(now), until - std::chrono::seconds(1)), until, proven};
        if (options.fetch) add(all, options.fetch(path[i], path[i + 1]));
        ACREDITA_TRY(found, ask(path[i], path[i + 1], all, at));
        if (i == 0) {
            verdict.revocation = found.state;
            verdict.revoked_since = found.since;
        } else if (found.state == Revocation::revoked) {
            verdict.revocation = Revocation::revoked;
            verdict.issuers_revoked.push_back(common_name(certificate.get()));
        }
    }
    return {};
}

} // namespace acredita::letter
