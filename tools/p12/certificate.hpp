// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A certificate and what a person is shown of it. Names in certificates are personal data and hostile text:
// control characters are dropped, lengths capped, and shown_name and nif_masked hide the identity number.
#pragma once

#include "tools/p12/key.hpp"

#include <chrono>
#include <optional>

namespace acredita::p12 {

using Time = std::chrono::sys_seconds;

struct KeyUsage {
    bool stated = false; // the extension is there; without it every use is allowed
    bool digital_signature = false, non_repudiation = false, key_encipherment = false, key_agreement = false,
         certificate_sign = false;
};

struct Certificate {
    Bytes der;
    std::string subject_cn; // as the certificate has it; often with the identity number inside
    std::string shown_name; // the same with the number masked
    std::string issuer_cn;  // or its OU or O where it has no CN
    std::string serial_hex;
    std::string nif_masked; // empty if there is none
    Time not_before{}, not_after{};
    KeyFacts key;
    KeyUsage usage;
    bool authority = false; // basicConstraints CA
    bool self_issued = false;
    std::vector<std::string> policies;      // certificatePolicies, dotted
    std::vector<std::string> extended_uses; // extKeyUsage, dotted
    bool on_qualified_device = false;       // QcSSCD, or a policy of ETSI EN 319 411-2 that says so
    std::string issuer_organisation;
    Bytes public_key_hash; // SHA-256 of SubjectPublicKeyInfo
};

// Errors: damaged.
[[nodiscard]] Result<X509Handle> load_certificate(const Crypto& crypto, ByteView der);
[[nodiscard]] Result<Certificate> describe_certificate(X509* certificate, ByteView der);

// The Spanish identity number in full (NIF, NIE, or the number a prefix IDCES-, PASES-, ... announces): from
// serialNumber, from FNMT's subjectAltName, from the common name. Never for logs.
[[nodiscard]] std::optional<std::string> nif_of(X509* certificate);

} // namespace acredita::p12
