// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a revocation list or an OCSP answer that happens to be at hand says of a certificate. Nothing is
// fetched. Sources: RFC 5280 5.1 and 6.3, RFC 6960 3.2 and 4.2.2.2.
#pragma once

#include "tools/p12/certificate.hpp"

namespace acredita::p12 {

enum class Revocation {
    absent,     // nothing at hand speaks of it
    good,       // and what says so is still current
    good_stale, // what says so is no longer current
    revoked,    // a revocation is never undone by age
};

// What one list or one answer says of a certificate.
struct RevocationNews {
    bool revoked = false;
    Time from{};               // when it was known
    std::optional<Time> until; // when newer news are due; nobody promises any without it
    std::optional<Time> since; // when it was revoked
};

// Lists and answers in DER, from anybody: only what the issuer signed counts, or for OCSP a responder that
// the issuer named and whose certificate is valid at `now`.
[[nodiscard]] std::vector<RevocationNews> revocation_news(const Crypto& crypto, ByteView certificate,
                                                          ByteView issuer, const std::vector<Bytes>& lists,
                                                          const std::vector<Bytes>& answers, Time now);

// The same in a word: with several the most serious wins, and a current one before a stale one.
[[nodiscard]] Revocation revocation_of(const Crypto& crypto, ByteView certificate, ByteView issuer,
                                       const std::vector<Bytes>& lists, const std::vector<Bytes>& answers,
                                       Time now);

[[nodiscard]] std::string_view name_of(Revocation revocation) noexcept;

} // namespace acredita::p12
