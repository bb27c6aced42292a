// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Text out of X.509 names: UTF-8, without control characters, at most 256 bytes.
#pragma once

#include <string>

#include <openssl/x509.h>

namespace acredita::p12 {

// The last attribute of this kind, which is the most specific one; empty if there is none.
[[nodiscard]] std::string last_name_part(const X509_NAME* name, int nid);

} // namespace acredita::p12
