// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One visit of a browser to the test page: what it showed, and what that proves.
#pragma once

#include "tools/browser_test/error.hpp"
#include "tools/issue/certificate.hpp"

#include <optional>

namespace acredita::browser_test {

struct Visit {
    // nullopt: the certificate of the card came and its key signed. TLS 1.3 has the client sign the handshake
    // so far (CertificateVerify, RFC 8446 section 4.4.3), and no page is shown before that was verified.
    std::optional<browser_errc> fault;
    std::optional<issue::CertificateSummary> certificate; // of what came, if anything
    std::string signature;                                // "RSA-PSS SHA-256"; "": none
    std::string protocol;                                 // "TLSv1.3 TLS_AES_128_GCM_SHA256"
};

} // namespace acredita::browser_test
