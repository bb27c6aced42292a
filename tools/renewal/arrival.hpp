// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an authority sends back: certificates in a file .cer, .crt, .pem or .p7b. A .p12 is read where backups
// are (tools/p12).
#pragma once

#include "tools/renewal/party.hpp"
#include "tools/renewal/record.hpp"

namespace acredita::renewal {

inline constexpr std::size_t largest_arrival = std::size_t{1} << 20; // bytes

// All certificates of the file, as DER, in its order: PEM, DER, PKCS#7 with certificates alone (RFC 2315
// section 9.1). no_certificate; at most 64.
[[nodiscard]] Result<std::vector<Bytes>> certificates_in(ByteView file);

// The one for the key of the request: other_key if there is none, or what check_renews() has against it.
[[nodiscard]] Result<Bytes> fitting(const std::vector<Bytes>& certificates, const Record& record);

} // namespace acredita::renewal
