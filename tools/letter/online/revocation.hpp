// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// News of revocation from where a certificate says they are (RFC 5280 4.2.1.13 and 4.2.2.1, RFC 6960
// appendix A).
#pragma once

#include "tools/letter/verify.hpp"

namespace acredita::letter {

// Asks the responder, and where there is none or it does not answer, gets the list; http and https only, two
// addresses of each at most. What cannot be had is simply not there: nobody is believed here, the verdict
// looks at signatures.
[[nodiscard]] FetchRevocation fetch_over_http(std::chrono::milliseconds time = std::chrono::seconds(20));

} // namespace acredita::letter
