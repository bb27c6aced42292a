// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The test page's own authority and certificate: made for one run, kept in memory, valid for a day, for
// localhost alone. The authority's key is gone as soon as it has signed, so that nobody can make a second
// certificate a browser would believe.
#pragma once

#include "pkcs11/client/handle.hpp"
#include "tools/browser_test/error.hpp"

#include <string>

namespace acredita::browser_test {

struct Identity {
    client::EvpKey key;
    client::Certificate certificate;
    client::Certificate authority;

    [[nodiscard]] Result<std::string> authority_pem() const;
    // Base64 of the SHA-256 of the SubjectPublicKeyInfo of `key`: how Chromium is told of a certificate.
    [[nodiscard]] Result<std::string> key_pin() const;
};

// server_failed.
[[nodiscard]] Result<Identity> make_identity();

// server_failed with what OpenSSL's error queue says, which is empty afterwards.
[[nodiscard]] tl::unexpected<Error> fail_tls(std::string_view function);

} // namespace acredita::browser_test
