// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Using a key that is on the card: which certificate, and the PIN, typed once and never tried on the last try
// without a yes. Errors: cli_errc, issue_errc, those of the module.
#pragma once

#include "pkcs11/client/keys.hpp"
#include "tools/cli/program.hpp"
#include "tools/issue/target.hpp"

namespace acredita::cli {

struct CardKey {
    issue::Target target;
    std::unique_ptr<client::Session> session;
    client::CertificateEntry entry;
    client::SharedKey key; // logged in
};

struct CardKeyOptions {
    std::size_t certificate = 0; // from 1; 0: the only one
    std::string fingerprint{};   // or the one with this SHA-256, upper-case hexadecimal
    int pin_descriptor = -1;
    bool last_try = false;
};

// The certificate that would be used; costs no PIN. The key is not there yet.
[[nodiscard]] Result<CardKey> find_card_key(const Program& program, const CardKeyOptions& options);
[[nodiscard]] Result<void> unlock(const Program& program, const CardKeyOptions& options, CardKey& card);

// The PIN that this card has just accepted; the session is logged in. Empty: it was typed at the reader.
[[nodiscard]] Result<Secret> login_holder(const Program& program, client::Session& session,
                                          const CardKeyOptions& options);

} // namespace acredita::cli
