// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The two backups of a renewal, and their two passwords, which are easily mixed up.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/p12/open.hpp"
#include "tools/renewal/party.hpp"
#include "tools/renewal/record.hpp"

namespace acredita::cli {

struct OldBackup {
    std::string file;
    int passphrase_descriptor = -1;
};
void old_backup_options(CLI::App& command, Program& program, OldBackup& options);

// The old key out of its backup: that of `certificate`, or the only personal one if that is empty.
// renewal.old_key_missing if it is not in there.
struct OldKey {
    Bytes certificate{};
    std::vector<Bytes> chain{};
    p12::KeyHandle key{};
};
[[nodiscard]] Result<OldKey> open_old(const Program& program, const OldBackup& options, ByteView certificate);

// The new backup, examined before anything of the card is asked: which of its certificates renews the old
// one. The password is kept for the load that follows.
struct NewBackup {
    ZeroingBytes file{};
    Secret passphrase{};
    Bytes certificate{};
    std::string fingerprint{};
    bool has_key = true; // false: certificates alone
    std::vector<Bytes> certificates{};
};
[[nodiscard]] Result<NewBackup> open_new(const Program& program, const std::string& file, int descriptor,
                                         const OldBackup& old_backup);
// Chooses the certificate that renews `old`: the one that ends last. renewal_errc.
[[nodiscard]] Result<void> choose_renewal(NewBackup& backup, const renewal::Party& old);
// The backup that was reviewed, and no other: its certificate is the one of the record. renewal.other_key,
// renewal.old_certificate.
[[nodiscard]] Result<void> same_certificate(NewBackup& backup, const renewal::Record& record);

} // namespace acredita::cli
