// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Checks the signatures of a PDF, whoever made them (ETSI.CAdES.detached and adbe.pkcs7.detached). The
// verdict comes in parts, because "valid" hides what matters here: an old key may prove possession after its
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
    Validity validity = Validity::not_checked;            // of the certificate at the claimed time
    std::int64_t expired_days = 0;                        // whole days between expiry and claimed time
    Path path = Path::not_checked; // as of the claimed time, or of the expiry if that is earlier
    std::string path_problem;      // what OpenSSL says, if untrusted

    // Intact, signed by the enclosed certificate, bound to it, and nothing but signatures after it.
    [[nodiscard]] bool sound() const noexcept;
};

struct VerifyOptions {
    std::vector<Bytes> trust_anchors;                // DER; none: the path is not checked
    std::uint64_t max_size = std::uint64_t{1} << 30; // bytes
};

struct VerifyReport {
    std::uint64_t size = 0;
    std::vector<SignatureVerdict> signatures; // in the order in which they were made
    std::vector<std::string> empty_fields;    // signature fields not signed yet
};

[[nodiscard]] Result<VerifyReport> verify_pdf(const std::filesystem::path& path,
                                              const VerifyOptions& options);

} // namespace acredita::letter
