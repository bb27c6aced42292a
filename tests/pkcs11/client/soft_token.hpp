// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A SoftHSM2 token of the test's own: a fresh folder, a fresh configuration, initialised through Cryptoki
// itself.
#pragma once

#include "pkcs11/client/session.hpp"

#include <filesystem>

namespace acredita::client::test {

inline const Secret user_pin{as_bytes("123456")};
inline const Secret so_pin{as_bytes("87654321")};

[[nodiscard]] std::filesystem::path softhsm_file();
// Empty: the module is not installed; the test says so and passes over.
[[nodiscard]] bool softhsm_missing();

// Points SOFTHSM2_CONF at a folder that ends with it.
class SoftFolder {
public:
    SoftFolder();
    ~SoftFolder();
    SoftFolder(const SoftFolder&) = delete;
    SoftFolder& operator=(const SoftFolder&) = delete;

private:
    std::filesystem::path path_;
};

class SoftToken {
    SoftFolder folder_;

public:
    SoftToken();
    ~SoftToken() = default;
    SoftToken(const SoftToken&) = delete;
    SoftToken& operator=(const SoftToken&) = delete;

    std::shared_ptr<Module> module;
    CK_SLOT_ID slot = 0;

    [[nodiscard]] Session open(Access access = Access::read_write) const;
    [[nodiscard]] Session logged_in() const;
};

} // namespace acredita::client::test
