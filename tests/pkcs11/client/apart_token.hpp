// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A SoftHSM2 token in a folder of its own that nobody in this process has open, for modules in processes of
// their own; and what of them is still running.
#pragma once

#include "pkcs11/client/module.hpp"

#include <filesystem>

namespace acredita::client::test {

// Points SOFTHSM2_CONF, AWKWARD and AWKWARD_LOG at what it made, for as long as it lives. The token is made
// by softhsm2-util: label "office", PIN 123456, SO PIN 87654321.
class ApartToken {
public:
    explicit ApartToken(const std::string& awkward = {});
    ~ApartToken();
    ApartToken(const ApartToken&) = delete;
    ApartToken& operator=(const ApartToken&) = delete;

    // False: SoftHSM2 is not installed, and the test has said so.
    [[nodiscard]] bool made() const { return made_; }
    static void become(const std::string& awkward);
    // Lines of AWKWARD_LOG: "user 0", "so 160".
    [[nodiscard]] std::vector<std::string> logins() const;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
    bool made_ = false;
};

// Processes of modules of this test that are still running, and what the awkward one has left behind.
[[nodiscard]] std::vector<int> hosts();
[[nodiscard]] std::vector<int> leftovers();

// Waits, without bound but the test's own, until there are none.
void wait_until_gone();

} // namespace acredita::client::test
