// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The verdict on one SignedData, wherever it stands: key, certificate, time, path, revocation and digest.
#pragma once

#include "tools/letter/cms/inspect.hpp"
#include "tools/letter/cms/timestamp.hpp"
#include "tools/letter/verify/revocation.hpp"

#include <functional>

namespace acredita::letter {

// A document timestamp that holds, and how much of the file it is about.
struct DocumentStamp {
    std::uint64_t covered_until = 0;
    TimeProof proof = TimeProof::unconfirmed;
    Stamp stamp;
};

// What is the same for all signatures of a file.
struct Surroundings {
    const VerifyOptions& options;
    std::chrono::sys_seconds now;
    Kept kept;
    std::vector<DocumentStamp> stamps;
};

// The digest of what was signed.
using DigestOf = std::function<Result<Bytes>(const EVP_MD*)>;

// Fills everything but what comes after the signature; integrity is intact or altered afterwards, or
// unsupported_digest.
[[nodiscard]] Result<void> judge_signed_data(const SignedData& data, const Surroundings& around,
                                             const DigestOf& digest_of_content, SignatureVerdict& verdict);

// A token of its own over the covered bytes. Fills integrity, key, time_proof and stamp.
[[nodiscard]] Result<void> judge_document_stamp(ByteView contents, const Surroundings& around,
                                                const DigestOf& digest_of_content, SignatureVerdict& verdict);

} // namespace acredita::letter
