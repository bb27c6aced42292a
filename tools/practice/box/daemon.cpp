// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/box/daemon.hpp"

#include "tools/practice/reader/file_descriptor.hpp"

#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::practice::box {

namespace {
constexpr std::chrono::seconds patience{10};
}

bool Daemon::accepts() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = (directory_ / "run/pcscd/pcscd.comm").string();
    std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
    const FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return fd.open() && ::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

void Daemon::become(int log) const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // What the box ignores, its child would ignore too.
    for (const int restored : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(restored, SIG_DFL);
    ::dup2(::open("/dev/null", O_RDWR | O_CLOEXEC), STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    // No real reader of this machine belongs in a practice: the folder with their drivers is an empty one.
    ::setenv("PCSCLITE_HP_DROPDIR", (directory_ / "drivers").c_str(), 1);
    ::unsetenv("LISTEN_FDS");
    const auto configuration = (directory_ / "reader.conf.d").string();
    ::execl(program_.c_str(), "pcscd", "--foreground", "-c", configuration.c_str(), nullptr);
    ::_exit(127);
}

bool Daemon::start() {
    end(SIGKILL);
    std::error_code ignored;
    // A killed daemon leaves its socket behind, and the next one would take that for a running daemon.
    for (const auto* left : {"run/pcscd/pcscd.comm", "run/pcscd/pcscd.pid"})
        std::filesystem::remove(directory_ / left, ignored);
    const FileDescriptor log(
        ::open((directory_ / "pcscd.log").c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600));
    child_ = ::fork();
    if (child_ == 0) become(log.get());
    if (child_ < 0) return false;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        if (accepts()) return true;
        if (::waitpid(child_, nullptr, WNOHANG) == child_) {
            child_ = -1;
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
}

void Daemon::end(int signal) {
    if (child_ <= 0) return;
    ::kill(child_, signal);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (::waitpid(child_, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) ::kill(child_, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    child_ = -1;
}

} // namespace acredita::practice::box
