// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The new key of a renewal: loaded from its backup, or made by the card.
#pragma once

#include "tools/cli/renew_backup.hpp"
#include "tools/cli/renew_visit.hpp"

namespace acredita::cli {

struct LoadOptions {
    std::string file; // of what was brought
    int passphrase_descriptor = -1;
    OldBackup old_backup{};
    CardOptions card{};
    std::string document; // shown, for the journal
};

// Loads and proves the key of the new backup, which has been examined: the renewal is at key_ready then.
struct Loaded {
    renewal::Renewal renewal;
    issue::Receipt receipt;
};
[[nodiscard]] Result<Loaded> load_new_key(const Program& program, const LoadOptions& options, Visit& visit,
                                          const renewal::Renewal& renewal, const NewBackup& backup);

// Stores and proves the certificate of the key the card has made: certified then.
[[nodiscard]] Result<Loaded> store_new_certificate(const Program& program, const LoadOptions& options,
                                                   Visit& visit, const renewal::Renewal& renewal,
                                                   const Bytes& certificate);

// The card makes the key and signs the request for its certificate: key_ready.
[[nodiscard]] Result<renewal::Renewal> make_new_key(const Program& program, const CardOptions& options,
                                                    Visit& visit, const renewal::Renewal& renewal,
                                                    client::KeyKind kind);

} // namespace acredita::cli
