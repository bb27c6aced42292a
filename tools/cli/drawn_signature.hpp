// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a visible signature of ours shows on the page: who signed, when, and with which certificate.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/issue/certificate.hpp"
#include "tools/letter/append/place.hpp"

namespace acredita::cli {

// In the language of the program, with the time of this call.
[[nodiscard]] letter::DrawSignature drawn_signature(const Program& program,
                                                    const issue::CertificateSummary& signer);

} // namespace acredita::cli
