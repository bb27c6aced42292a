// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/judge.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/verify/path.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

[[nodiscard]] Result<Bytes> spki_digest(X509* certificate) {
    const auto* key = X509_get_X509_PUBKEY(certificate);
    const int size = i2d_X509_PUBKEY(key, nullptr);
    if (size <= 0) return Bytes();
    Bytes der(static_cast<std::size_t>(size));
    auto* at = der.data();
    i2d_X509_PUBKEY(key, &at);
    return digest_of(EVP_sha256(), der);
}

[[nodiscard]] CertificateBinding binding_of(EssState state) {
    switch (state) {
    case EssState::matches:
        return CertificateBinding::matches;
    case EssState::absent:
        return CertificateBinding::absent;
    case EssState::other_certificate:
        break;
    }
    return CertificateBinding::other_certificate;
}

// What stands before the zeros that fill up the room: one element by its own length, or everything.
[[nodiscard]] ByteView without_padding(ByteView contents) {
    TlvReader reader(contents);
    const auto element = reader.next();
    const bool padded = element && std::all_of(reader.rest().begin(), reader.rest().end(),
                                               [](std::uint8_t byte) { return byte == 0; });
    return padded ? element->whole : contents;
}

// What the token says and whose word that is.
[[nodiscard]] Result<void> judge_token(const Timestamp& token, const Surroundings& around,
                                       SignatureVerdict& verdict) {
    const auto& options = around.options;
    const auto& anchors = options.stamp_anchors.empty() ? options.trust_anchors : options.stamp_anchors;
    auto others = options.others;
    others.insert(others.end(), around.kept.certificates.begin(), around.kept.certificates.end());
    Stamp stamp{.time = token.time(), .authority = {}, .policy = token.policy(), .problem = {}};
    ACREDITA_TRY(authority, token.check(anchors, others, stamp.problem));
    stamp.authority = token.authority();
    verdict.time_proof = authority == Authority::trusted   ? TimeProof::proven
                         : authority == Authority::unknown ? TimeProof::unconfirmed
                                                           : TimeProof::broken;
    verdict.stamp = std::move(stamp);
    return {};
}

// The signature's own timestamp, else the earliest one of the document that came after it.
[[nodiscard]] Result<void> judge_time(const SignedData& data, const Surroundings& around,
                                      SignatureVerdict& verdict) {
    if (const auto der = data.timestamp(); !der.empty()) {
        const auto token = Timestamp::parse(der);
        if (!token) {
            verdict.time_proof = TimeProof::broken;
            verdict.stamp = Stamp{};
            return {};
        }
        ACREDITA_TRY(imprint, digest_of(token->md(), data.signature()));
        ACREDITA_CHECK(judge_token(*token, around, verdict));
        if (!token->covers(imprint)) verdict.time_proof = TimeProof::broken;
    }
    if (verdict.time_proof == TimeProof::proven) return {};
    for (const auto& other : around.stamps) {
        const bool better = verdict.time_proof == TimeProof::claimed || other.proof == TimeProof::proven;
        if (other.covered_until <= verdict.covered_until || !better) continue;
        if (verdict.time_proof == TimeProof::proven && verdict.stamp->time <= other.stamp.time) continue;
        verdict.time_proof = other.proof;
        verdict.stamp = other.stamp;
    }
    return {};
}

} // namespace

Result<void> judge_signed_data(const SignedData& data, const Surroundings& around,
                               const DigestOf& digest_of_content, SignatureVerdict& verdict) {
    verdict.key = data.key_signed() ? KeyProof::signed_by_certificate : KeyProof::not_signed_by_certificate;
    verdict.binding = binding_of(data.ess());
    verdict.signing_time_attribute = data.has_signing_time();
    verdict.certificate = der_of(data.signer());
    ACREDITA_TRY(spki, spki_digest(data.signer()));
    verdict.spki_sha256 = std::move(spki);
    if (!verdict.claimed_time) verdict.claimed_time = data.signing_time();
    ACREDITA_CHECK(judge_time(data, around, verdict));
    judge_validity(data.signer(), around.now, verdict);
    auto others = around.options.others;
    others.insert(others.end(), around.kept.certificates.begin(), around.kept.certificates.end());
    ACREDITA_TRY(path, judge_path(data, around.options.trust_anchors, others, around.now, verdict));
    auto evidence = brought_by(data);
    const auto& kept = around.kept.revocation;
    evidence.lists.insert(evidence.lists.end(), kept.lists.begin(), kept.lists.end());
    evidence.answers.insert(evidence.answers.end(), kept.answers.begin(), kept.answers.end());
    ACREDITA_CHECK(judge_revocation(path, around.options, evidence, around.now, verdict));
    verdict.integrity = Integrity::unsupported_digest;
    if (data.md() == nullptr) return {};
    ACREDITA_TRY(digest, digest_of_content(data.md()));
    verdict.integrity = data.covers(digest) ? Integrity::intact : Integrity::altered;
    return {};
}

Result<void> judge_document_stamp(ByteView contents, const Surroundings& around,
                                  const DigestOf& digest_of_content, SignatureVerdict& verdict) {
    verdict.document_timestamp = true;
    // The room of /Contents is filled up with zeros, and a token ends where its own length says.
    const auto token = Timestamp::parse(without_padding(contents));
    if (!token) {
        verdict.integrity = Integrity::contents_malformed;
        return {};
    }
    ACREDITA_CHECK(judge_token(*token, around, verdict));
    verdict.key = verdict.time_proof == TimeProof::broken ? KeyProof::not_signed_by_certificate
                                                          : KeyProof::signed_by_certificate;
    verdict.binding = verdict.time_proof == TimeProof::broken ? CertificateBinding::other_certificate
                                                              : CertificateBinding::matches;
    // Authorities for signatures need not be those for timestamps.
    verdict.path = verdict.time_proof == TimeProof::proven ? Path::trusted
                   : around.options.stamp_anchors.empty()  ? Path::not_checked
                                                           : Path::untrusted;
    if (verdict.path == Path::untrusted) verdict.path_problem = verdict.stamp->problem;
    ACREDITA_TRY(digest, digest_of_content(token->md()));
    verdict.integrity = token->covers(digest) ? Integrity::intact : Integrity::altered;
    return {};
}

} // namespace acredita::letter
