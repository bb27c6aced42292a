// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Backups made on the spot by OpenSSL, with every fault a test wants.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pkcs11/client/handle.hpp"

#include <string>

namespace acredita::test {

struct SampleSpec {
    std::string name = "PRUEBA EJEMPLO ANA - 12345678Z";
    unsigned rsa_bits = 2048; // 0: P-256; 521: P-521
    long starts_in_days = -10;
    long ends_in_days = 800;
    std::size_t padding = 0;  // bytes that make the certificate larger
    bool foreign_key = false; // the key belongs to another certificate
    std::string passphrase = "contraseña";
};

struct SampleBackup {
    Bytes file;
    Bytes certificate; // DER
};

[[nodiscard]] client::EvpKey make_key(unsigned rsa_bits);
[[nodiscard]] SampleBackup make_backup(const SampleSpec& spec = {});
// The same key and certificate each time the same thing is asked for: making keys is slow.
[[nodiscard]] const SampleBackup& usual_backup();
// Two credentials in one file.
[[nodiscard]] SampleBackup make_double_backup(const std::string& passphrase);

} // namespace acredita::test
