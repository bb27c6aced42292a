// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A .p12 whose key does not belong to its certificate; no tool at hand writes such a file.
#pragma once

#include <filesystem>
#include <string>

namespace acredita::test {

// A fresh RSA-2048 key with the certificate of the given PEM file. Throws if OpenSSL refuses.
void write_mismatched_backup(const std::filesystem::path& certificate, const std::filesystem::path& to,
                             const std::string& passphrase);

} // namespace acredita::test
