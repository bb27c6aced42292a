// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSSL told how to serve the page: TLS 1.3 alone, every connection a full handshake that asks for a
// certificate, and none refused, because what came is judged by us and explained to the person.
#pragma once

#include "tools/browser_test/identity.hpp"
#include "tools/browser_test/visit.hpp"

#include <span>

#include <openssl/ssl.h>

namespace acredita::browser_test {

using Context = client::Owned<SSL_CTX, SSL_CTX_free>;
using Tls = client::Owned<SSL, SSL_free>;

// `certificates`: DER of those on the card. Their issuers are named to the browser (certificate_authorities,
// RFC 8446 section 4.2.4), so that it offers these and no others; with none it may offer any.
[[nodiscard]] Result<Context> make_context(const Identity& identity, std::span<const Bytes> certificates);

// After a finished handshake.
[[nodiscard]] Visit judge_visit(SSL* tls, std::span<const Bytes> certificates);

} // namespace acredita::browser_test
