// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who signs: a private key wherever it lives (a file, a card behind libp11) and the certificates that go with
// it.
#pragma once

#include "tools/letter/cms/handles.hpp"

#include <vector>

namespace acredita::letter {

// What the caller hands over. The key is borrowed and used exactly once a signature.
struct Signer {
    EVP_PKEY* key = nullptr;
    Bytes certificate;        // DER
    std::vector<Bytes> chain; // DER, issuers in any order; without the signer's own
};

// The algorithms of one signature: RSA PKCS#1 v1.5 or PSS with SHA-256, ECDSA P-256 with SHA-256, P-384 with
// SHA-384.
struct SignatureScheme {
    const EVP_MD* md = nullptr;
    const char* digest = "";       // as a seed value spells it: "SHA256"
    bool pss = false;              // salt as long as the digest, MGF1 with the same digest
    std::size_t max_signature = 0; // bytes
};

// A Signer whose certificates are parsed and whose key belongs to its certificate.
class CheckedSigner {
public:
    // key_mismatch, bad_certificate, unsupported_key (RSA under 2048 bits, other curves, PSS with EC).
    [[nodiscard]] static Result<CheckedSigner> check(const Signer& signer, bool pss);

    [[nodiscard]] EVP_PKEY* key() const noexcept { return key_; }
    [[nodiscard]] X509* certificate() const noexcept { return certificate_.get(); }
    [[nodiscard]] const std::vector<X509Ptr>& chain() const noexcept { return chain_; }
    [[nodiscard]] const SignatureScheme& scheme() const noexcept { return scheme_; }
    // Days by which the certificate had expired at `time`, nullopt if it was valid.
    // certificate_not_yet_valid; certificate_expired (detail: the days) unless that is `allowed`.
    [[nodiscard]] Result<std::optional<std::int64_t>> expired_days(std::chrono::sys_seconds time,
                                                                   bool allowed) const;
    // Bytes that surely hold the SignedData of this signer.
    [[nodiscard]] std::size_t cms_room() const noexcept { return room_; }

private:
    CheckedSigner() = default;

    EVP_PKEY* key_ = nullptr;
    X509Ptr certificate_;
    std::vector<X509Ptr> chain_;
    SignatureScheme scheme_;
    std::size_t room_ = 0;
};

} // namespace acredita::letter
