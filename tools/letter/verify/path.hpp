// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The signer's certificate in time and under trust anchors.
#pragma once

#include "tools/letter/cms/inspect.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

// Fills validity and expired_days from verdict.claimed_time.
void judge_validity(const X509* certificate, SignatureVerdict& verdict);

// Fills path and path_problem. bad_certificate if an anchor is none.
[[nodiscard]] Result<void> judge_path(const SignedData& data, const std::vector<Bytes>& anchors,
                                      SignatureVerdict& verdict);

} // namespace acredita::letter
