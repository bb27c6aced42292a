// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a typed password may have been when the file was written. One Candidate is one reading, with the two
// octet strings that the key derivations take: RFC 7292 B.1 (big-endian UTF-16 with terminator) and RFC 8018
// (plain octets).
//
// The order is that of likelihood: as typed in NFC; NFD; the UTF-8 octets widened one by one (OpenSSL up
// to 1.0.2); Windows-1252 octets; without the blanks around it. An empty password has two forms: nothing at
// all, and one terminator. Readings that do not differ from an earlier one are left out. All octets are wiped
// when freed.
#pragma once

#include "pcsc/base/secret.hpp"

namespace acredita::p12 {

enum class PasswordForm { typed, empty_without_terminator, decomposed, widened_utf8, windows_1252, trimmed };

struct Candidate {
    PasswordForm form = PasswordForm::typed;
    ZeroingBytes wide;   // for the KDF of PKCS#12
    ZeroingBytes octets; // for PBKDF1, PBKDF2, scrypt and PBMAC1
};

[[nodiscard]] std::vector<Candidate> candidates(const Secret& typed);

} // namespace acredita::p12
