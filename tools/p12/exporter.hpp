// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which program a backup looks like the work of: "this looks like a Firefox export" helps a person to find
// the place to repeat it. A guess out of algorithms, iteration counts, encoding and attributes, never a basis
// for a decision.
#pragma once

#include "tools/p12/envelope.hpp"

namespace acredita::p12 {

enum class Exporter {
    unknown,
    windows_old, // Windows and Internet Explorer, 3DES
    windows,     // Windows 10 and later, AES
    firefox_old, // Firefox and NSS, 3DES and RC2
    firefox,     // Firefox and NSS, AES
    macos,       // Keychain Access
    openssl_old, // OpenSSL 1.x, or 3.x with -legacy
    openssl,     // OpenSSL 3.x
    gnutls,
    java_old, // keytool up to JDK 11
    java,
    bouncy_castle, // Java programs that write FNMT's, ACCV's or Firmaprofesional's files
};

[[nodiscard]] Exporter guess_exporter(const Envelope& envelope);

// "windows_old", "firefox", ...: stable, for programs and as a key of texts.
[[nodiscard]] std::string_view name_of(Exporter exporter) noexcept;

} // namespace acredita::p12
