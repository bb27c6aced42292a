// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Was a certificate of the path revoked when it signed? Three answers that are not "revoked": fresh, stale,
// absent (RFC 5280 6.3, RFC 6960 4.2.2).
#pragma once

#include "tools/letter/append/strict_pdf.hpp"
#include "tools/letter/cms/inspect.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

// Fills revocation, revoked_since and issuers_revoked. `path` is what judge_path found.
[[nodiscard]] Result<void> judge_revocation(const std::vector<Bytes>& path, const VerifyOptions& options,
                                            const RevocationEvidence& evidence, std::chrono::sys_seconds now,
                                            SignatureVerdict& verdict);

// What a document keeps for those who verify it later (/DSS, ETSI EN 319 142-1 5.4.2): at most 64 of each
// kind, 16 MiB in all; what is more or damaged is left out.
struct Kept {
    std::vector<Bytes> certificates{};
    RevocationEvidence revocation{};
};
[[nodiscard]] Kept kept_in(const StrictPdf& pdf);

// What a signature itself brings: the lists of its CMS, and Adobe's attribute for both (ISO
// 32000-1 12.8.3.3.2).
[[nodiscard]] RevocationEvidence brought_by(const SignedData& data);

} // namespace acredita::letter
