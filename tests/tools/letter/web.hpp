// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The loopback server of authority.py, for as long as its owner lives.
#pragma once

#include "tests/tools/letter/support.hpp"

namespace acredita::letter::test {

class Web {
public:
    // `tls`: a PEM file with key and certificate; plain HTTP without one. Throws if it does not start.
    explicit Web(const fs::path& folder, const fs::path& tls = {});
    ~Web();
    Web(const Web&) = delete;
    Web& operator=(const Web&) = delete;

    // "http://127.0.0.1:4711/tsa"; by a name for TLS.
    [[nodiscard]] std::string url(const std::string& path) const;

private:
    int in_ = -1, out_ = -1, process_ = -1;
    std::string base_;
};

} // namespace acredita::letter::test
