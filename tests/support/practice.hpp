// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Practice readers, cards and backups for tests. Link acredita_test_practice.
#pragma once

#include "tools/practice/session.hpp"

#include <string>
#include <vector>

namespace acredita::test {

// A session whose environment this process has until the fixture ends. Throws if it cannot start. One at a
// time: libpcsclite knows one socket in a process.
class Practice {
public:
    // Cards as on the command line: "piv:firmware=5.7,pinpad". None: one piv card.
    explicit Practice(const std::vector<std::string>& cards = {});
    explicit Practice(const practice::Options& options);
    ~Practice();
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;

    practice::Session* operator->() const noexcept { return session_.get(); }
    practice::Session& operator*() const noexcept { return *session_; }

    // Exchanges with the first card since the last call or the start.
    [[nodiscard]] std::uint64_t take_exchanges() const;

private:
    std::unique_ptr<practice::Session> session_;
    std::vector<std::pair<std::string, std::string>> before_;
};

[[nodiscard]] practice::Options practice_options(const std::vector<std::string>& cards);

// A backup made by openssl and NSS, once for each variant in a test process, removed at its end.
struct Backup {
    std::filesystem::path file;        // backup.p12
    std::filesystem::path certificate; // PEM, as are issuer and root
    std::filesystem::path issuer;
    std::filesystem::path root;
    std::string passphrase;
};
// The variants of tools/practice/samples/backup.sh, and "mismatch": a key and the certificate of another one.
// Throws if it cannot be made.
[[nodiscard]] const Backup& backup(const std::string& variant = "rsa");

// What a program of others did: exit code (128 + n after a signal), and its two streams as one text.
struct Ran {
    int code = 0;
    std::string output;
};
// By a shell, so that a test reads like what a person would type.
[[nodiscard]] Ran run(const std::string& shell_command);

// A directory that ends with the process.
[[nodiscard]] std::filesystem::path scratch();

} // namespace acredita::test
