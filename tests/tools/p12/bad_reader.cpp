// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A reader of backups that has been taken over, for isolated_spec: what it tries is the name it was started
// by.
#include "tools/p12/reader/confine.hpp"
#include "tools/p12/reader/request.hpp"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace acredita::p12::reader;

void drain() {
    char buffer[4096];
    (void)!read(0, buffer, sizeof buffer);
}

void answer(std::uint32_t kind, std::uint32_t size, const char* content) {
    const FrameHeader header{static_cast<Frame>(kind), size};
    (void)!write(0, &header, sizeof header);
    (void)!write(0, content, std::strlen(content));
}

// Does it before the filter would let it: each of these must end the process, or be refused.
void attack(const std::string& name) {
    if (name == "connects") (void)socket(AF_INET, SOCK_STREAM, 0);
    if (name == "forks") (void)fork();
    if (name == "executes") (void)execl("/bin/true", "true", nullptr);
    if (name == "traces") (void)ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    if (name == "kills") (void)kill(getppid(), SIGTERM);
    if (name == "links") (void)symlink("/etc/passwd", "/tmp/link");
    if (name == "runs-data")
        (void)mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (name == "writes-elsewhere") (void)!write(3, "x", 1);
    if (name == "opens" && open("/etc/passwd", O_RDONLY) < 0) _exit(0);
    if (name == "creates" && open("/tmp/acredita-created", O_WRONLY | O_CREAT, 0600) < 0) _exit(0);
}

} // namespace

int main(int, char** argv) {
    const std::string path = argv[0];
    const auto name = path.substr(path.rfind('/') + 1);
    if (name == "stuck") {
        for (;;) pause();
    }
    if (name == "not-confined") return exit_not_confined;
    drain();
    if (name == "crashes") std::raise(SIGSEGV);
    if (name == "leaves") return 0;
    if (name == "lies-about-size") answer(2, 0xFFFFFFFFU, "");
    if (name == "talks-nonsense") answer(2, 24, "\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFFxxxxxxxxxxxxxxxxxxxxxxxx");
    if (name == "of-another-kind") answer(7, 0, "");
    if (name == "falls-silent") {
        answer(2, 100, "abc");
        for (;;) pause();
    }
    if (!harden() || !confine()) return exit_not_confined;
    attack(name);
    // Still alive and not refused: the confinement has a hole.
    answer(2, 4, "hole");
    _exit(0);
}
