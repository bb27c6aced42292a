// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person, a label and a receipt may know of a certificate. The identity number leaves here masked
// only. Times are UTC. Source: RFC 5280, PKCS#11 3.0 section 4.5 for identifiers.
#pragma once

#include "tools/p12/certificate.hpp"

namespace acredita::issue {

struct CertificateSummary {
    std::string holder;    // common name, without the identity number
    std::string masked_id; // "***4567**"; "" if the certificate names none
    std::string issuer;
    std::string serial;      // upper-case hexadecimal
    std::string fingerprint; // SHA-256 of the DER, upper-case hexadecimal
    std::string not_before;  // "2026-11-21T09:30:00Z"
    std::string not_after;
    std::string key; // "RSA 2048"
    bool expired = false;
    bool not_yet_valid = false;
};

using Clock = std::chrono::system_clock;

[[nodiscard]] Result<CertificateSummary> summarise(ByteView der, Clock::time_point now);

// The holder's identity number in full, "" if the certificate has none: for the journal's pseudonyms alone.
[[nodiscard]] Result<std::string> identity_number(ByteView der);

// "APELLIDO NOMBRE 2030-11": so that old and new are never confused.
[[nodiscard]] std::string label_for(const CertificateSummary& summary);

// SHA-1 of the RSA modulus or of the EC point: what CKA_ID is by custom.
[[nodiscard]] Result<Bytes> key_identifier(const EVP_PKEY* key);

// DER of the certificate's subject Name.
[[nodiscard]] Result<Bytes> subject_of(ByteView der);

// "2026-11-21T09:30:00Z"
[[nodiscard]] std::string utc(Clock::time_point time);

} // namespace acredita::issue
