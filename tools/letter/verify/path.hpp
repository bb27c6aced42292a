// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The signer's certificate in time and under trust anchors.
#pragma once

#include "tools/letter/cms/inspect.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

// Fills validity, expired_days and expired_since from verdict.time().
void judge_validity(const X509* certificate, std::chrono::sys_seconds now, SignatureVerdict& verdict);

// Fills path and path_problem. The path that is trusted, DER, from the signer to the anchor; empty if none
// is. bad_certificate if an anchor or one of `others` is none.
[[nodiscard]] Result<std::vector<Bytes>> judge_path(const SignedData& data, const std::vector<Bytes>& anchors,
                                                    const std::vector<Bytes>& others,
                                                    std::chrono::sys_seconds now, SignatureVerdict& verdict);

} // namespace acredita::letter
