// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/web.hpp"

#include <array>
#include <stdexcept>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::letter::test {

Web::Web(const fs::path& folder, const fs::path& tls) {
    std::array<int, 2> to{}, from{};
    if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(to[0], 0);
        ::dup2(from[1], 1);
        ::execlp("python3", "python3", ACREDITA_AUTHORITY, folder.c_str(),
                 tls.empty() ? nullptr : tls.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    in_ = to[1];
    out_ = from[0];
    std::string port;
    char c = 0;
    while (::read(out_, &c, 1) == 1 && c != '\n') port += c;
    ::setenv("no_proxy", "127.0.0.1,localhost", 1); // whatever the machine's own way to the network is
    if (port.empty()) throw std::runtime_error("authority.py did not start");
    base_ = (tls.empty() ? "http://127.0.0.1:" : "https://localhost:") + port;
}

Web::~Web() {
    ::close(in_); // its end
    ::close(out_);
    ::waitpid(process_, nullptr, 0);
}

std::string Web::url(const std::string& path) const { return base_ + path; }

} // namespace acredita::letter::test
