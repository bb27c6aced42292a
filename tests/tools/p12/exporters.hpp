// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The programs of Debian that write backups, run for real.
#pragma once

#include "tests/tools/p12/support.hpp"

namespace acredita::p12::test {

// pk12util of NSS. The pair goes through a database of its own.
[[nodiscard]] Bytes export_with_nss(const Folder& folder, const Pair& pair, std::string_view password,
                                    const std::vector<std::string>& options = {});
inline const std::vector<std::string> old_nss{"-c", "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
                                              "-C", "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
                                              "-M", "SHA-1"};

// certtool of GnuTLS.
[[nodiscard]] Bytes export_with_gnutls(const Folder& folder, const Pair& pair, std::string_view password,
                                       const std::vector<std::string>& options = {});

// keytool of Java; passwords of at least six ASCII characters only. Nothing where there is no Java.
[[nodiscard]] std::optional<Bytes> export_with_java(const Folder& folder, const Pair& pair,
                                                    std::string_view password, bool old_algorithms);

} // namespace acredita::p12::test
