// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is to be known of a chosen key and certificate before they go onto a card: computed from what the
// backup gave and what the caller has at hand. Everything is an answer, nothing a refusal: what to do about
// it is the caller's.
//
// Sources: FNMT's practice statements for policies and its electronic office for the renewal window (60 days
// before the end, on line for citizens and sole administrators only); Orden HFP/633/2017 and the
// arc 2.16.724.1.3.5 for public employees; ETSI EN 319 411-2 5.3 for qualified policies; RFC 5280 4.2.1.3
// and 4.2.1.12 for uses.
#pragma once

#include "tools/p12/checks.hpp"
#include "tools/p12/revocation.hpp"

namespace acredita::p12 {

enum class Renewal {
    not_online, // this kind, or this issuer, is not renewed with the certificate itself
    too_early,  // the window has not opened
    open,
    over, // expired: a new identification in person or by video is needed
};
enum class Holder { unknown, citizen, public_employee, representative, legal_person, other_natural_person };
enum class KeyHome { unknown, software, card };
enum class CardFit { unknown, fits, key_refused, certificate_too_large };

// What a card can take, as its reader's driver says it.
struct CardLimits {
    std::vector<std::string> keys; // "RSA 2048", "EC prime256v1", "ED25519": as key_name() writes them
    std::optional<std::size_t> largest_certificate; // octets
};

// What the caller has at hand.
struct Evidence {
    Time now{};
    std::vector<Bytes> revocation_lists, ocsp_answers; // DER
    std::vector<Bytes> other_certificates;             // DER: those on the card, those of an earlier backup
    const CardLimits* card = nullptr;
};

struct Uses {
    bool sign = false, authenticate = false, decrypt = false;
};

struct Examination {
    Validity validity = Validity::valid;
    std::int64_t days_left = 0; // negative once it has expired
    Renewal renewal = Renewal::not_online;
    Uses uses;
    bool fnmt = false;
    Holder holder = Holder::unknown;
    KeyHome home = KeyHome::unknown;
    std::string nif_masked;
    KeyHealth health;
    bool key_reused = false; // another certificate has the same key: an old one, renewed without a new key
    Revocation revocation = Revocation::absent;
    CardFit fit = CardFit::unknown;
};

// `others` are the further credentials of the same backup; the examined one may be among them.
[[nodiscard]] Examination examine_pair(const Crypto& crypto, const Credential& credential,
                                       const std::vector<Credential>& others, const Evidence& evidence);

[[nodiscard]] std::string key_name(const KeyFacts& key);
[[nodiscard]] std::string_view name_of(Validity validity) noexcept;
[[nodiscard]] std::string_view name_of(Renewal renewal) noexcept;
[[nodiscard]] std::string_view name_of(Holder holder) noexcept;
[[nodiscard]] std::string_view name_of(KeyHome home) noexcept;
[[nodiscard]] std::string_view name_of(CardFit fit) noexcept;

} // namespace acredita::p12
