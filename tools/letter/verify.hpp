// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Checks the signatures of a PDF, whoever made them (ETSI.CAdES.detached, adbe.pkcs7.detached and the
// document timestamps of ETSI.RFC3161), and those of a file beside its content (.p7s, CAdES). The verdict
// comes in parts, because "valid" hides what matters here: an old key may prove possession after its
// certificate expired.
//
// A file that cannot be judged at all is an Error (not_pdf, damaged, encrypted, too_large, too_complex,
// read_failed); a bad signature is a verdict.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/errors.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace acredita::letter {

// Do the bytes say what was signed?
enum class Integrity {
    intact,
    altered,         // the digest of the covered bytes is another one
    range_malformed, // /ByteRange is not four numbers from 0 on
    range_outside_file,
    range_overlaps,     // the second part begins before the first ends
    range_gap,          // what is left out is not exactly the /Contents string
    contents_differ,    // the bytes left out are not the /Contents of the dictionary
    contents_malformed, // no SignedData of one signer with its certificate
    unsupported_sub_filter,
    unsupported_digest,
};

// What happened to the document after this signature?
enum class LaterChanges {
    not_checked,        // the signature itself is not intact
    none,               // it covers the whole file
    signatures,         // only further signatures (or their validation data) were added
    visible_signatures, // the same, but they draw on a page
    changed,            // something else was changed or added
};

enum class KeyProof { not_checked, signed_by_certificate, not_signed_by_certificate };
enum class CertificateBinding { not_checked, matches, absent, other_certificate };
enum class Path { not_checked, trusted, untrusted };
enum class Validity { not_checked, valid, expired, not_yet_valid };

// What lists and answers at hand say of the signer's certificate.
enum class Revocation {
    not_checked,   // its path is not trusted, so nobody can speak of it
    absent,        // nothing at hand speaks of it
    stale,         // what speaks of it ends before the time that counts
    fresh,         // not revoked at the time that counts
    revoked,       // and nothing proves that it signed before
    revoked_later, // a timestamp proves that it signed before
};

// Who says when it was signed?
enum class TimeProof {
    claimed,     // only the signer, or nobody
    unconfirmed, // a timestamp that fits, of an authority that is not trusted or was not asked about
    proven,      // a timestamp that fits, of a trusted authority
    broken,      // a timestamp that does not fit this signature
};

// What a timestamp says (RFC 3161).
struct Stamp {
    std::chrono::sys_seconds time{};
    std::string authority; // common name of its certificate
    std::string policy;    // OID
    std::string problem;   // why it is not proven, in OpenSSL's words
};

// One word for all parts together, the worst first.
enum class Outcome {
    not_sound,     // the bytes or the key: not what was signed
    untrusted,     // not under a trust anchor
    revoked,       // the certificate was revoked
    not_yet_valid, // at the time of signing
    possession,    // expired before it signed: proves that the key was there, and no more
    unproven,      // expired since it signed, if it signed when it claims: nobody proves that
    unchecked,     // sound, but nobody said whom to trust
    valid,
};

// The same words for programs: "range_gap", "possession".
[[nodiscard]] std::string_view name_of(Integrity of) noexcept;
[[nodiscard]] std::string_view name_of(LaterChanges of) noexcept;
[[nodiscard]] std::string_view name_of(Path of) noexcept;
[[nodiscard]] std::string_view name_of(Validity of) noexcept;
[[nodiscard]] std::string_view name_of(Revocation of) noexcept;
[[nodiscard]] std::string_view name_of(TimeProof of) noexcept;
[[nodiscard]] std::string_view name_of(Outcome of) noexcept;

struct SignatureVerdict {
    std::string field;
    std::string sub_filter; // "ETSI.CAdES.detached"
    std::optional<std::string> reason;
    std::optional<std::string> location;

    Integrity integrity = Integrity::range_malformed;
    std::uint64_t covered_until = 0; // bytes: the end of the revision it covers
    bool covers_whole_file = false;
    LaterChanges later = LaterChanges::not_checked;
    std::vector<std::string> later_fields;  // signed after this one
    std::vector<std::string> later_objects; // what was changed otherwise, "5 0" for example; at most 16

    KeyProof key = KeyProof::not_checked;
    CertificateBinding binding = CertificateBinding::not_checked; // the ESS certificate hash
    bool signing_time_attribute = false;                          // present, though PAdES baseline forbids it
    Bytes certificate;                                            // DER, of the signer
    Bytes spki_sha256;                                            // of the signer's SubjectPublicKeyInfo

    std::optional<std::chrono::sys_seconds> claimed_time; // nothing proves it
    Validity validity = Validity::not_checked;            // of the certificate at time()
    std::int64_t expired_days = 0;                        // whole days between expiry and that time
    bool expired_since = false;                           // valid at that time, expired now
    Path path = Path::not_checked; // as of the claimed time, or of the expiry if that is earlier
    std::string path_problem;      // what OpenSSL says, if untrusted

    std::vector<std::string> issuers_revoked;        // common names; then revocation is `revoked`
    Revocation revocation = Revocation::not_checked; // of the signer's certificate
    std::optional<std::chrono::sys_seconds> revoked_since;

    bool document_timestamp = false; // not somebody's signature, but an authority's word on when
    TimeProof time_proof = TimeProof::claimed;
    std::optional<Stamp> stamp; // of the signature itself, or the earliest later one of the document

    // When it was signed, as far as anybody knows: the proven time, else the claimed one.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> time() const noexcept;
    [[nodiscard]] Outcome outcome() const noexcept;

    // Intact, signed by the enclosed certificate, bound to it, and nothing but signatures after it.
    [[nodiscard]] bool sound() const noexcept;
};

// Lists of revoked certificates and answers of responders, DER.
struct RevocationEvidence {
    std::vector<Bytes> lists{}, answers{};
};
// Fetches what a certificate of a trusted path names as its sources; it and its issuer are DER.
using FetchRevocation = std::function<RevocationEvidence(const Bytes& certificate, const Bytes& issuer)>;

struct VerifyOptions {
    std::vector<Bytes> trust_anchors{};              // DER; none: the path is not checked
    std::uint64_t max_size = std::uint64_t{1} << 30; // bytes
    std::vector<Bytes> stamp_anchors{};              // DER, of timestamp authorities; none: trust_anchors
    std::vector<Bytes> others{};                     // DER, certificates that may complete a path
    RevocationEvidence revocation{};                 // besides what the document brings
    FetchRevocation fetch{};                         // nothing goes over the network without it
    std::optional<std::chrono::sys_seconds> now{};
};

struct VerifyReport {
    std::uint64_t size = 0;
    std::vector<SignatureVerdict> signatures; // in the order in which they were made
    std::vector<std::string> empty_fields;    // signature fields not signed yet
};

[[nodiscard]] Result<VerifyReport> verify_pdf(const std::filesystem::path& path,
                                              const VerifyOptions& options);

// The signatures of a CMS file, DER or PEM, over `content`, or over what it holds inside (then `content` is
// not looked at). bad_signature_file if it is no SignedData; content_missing if it holds nothing and
// `content` is empty.
[[nodiscard]] Result<VerifyReport> verify_cms(const std::filesystem::path& path,
                                              const std::filesystem::path& content,
                                              const VerifyOptions& options);

} // namespace acredita::letter
