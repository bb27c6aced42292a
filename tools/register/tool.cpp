// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/tool.hpp"

#include "tools/register/folder.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::registration {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds longest{60};
constexpr std::size_t most_output = 4096;

struct Started {
    pid_t pid = -1;
    Descriptor output;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> found;
    for (auto& text : texts) found.push_back(text.data());
    found.push_back(nullptr);
    return found;
}

Result<Started> start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                      const std::filesystem::path& home) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(register_errc::tool_failed, program.string());
    Descriptor read_end(ends[0]);
    const Descriptor write_end(ends[1]);
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> surroundings{"HOME=" + home.string(), "PATH=/usr/bin:/bin", "LC_ALL=C"};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, write_end.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, write_end.get(), STDERR_FILENO);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, pointers(words).data(),
                                     pointers(surroundings).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed == ENOENT) return fail(register_errc::tool_missing, program.string());
    if (failed != 0) return fail(register_errc::tool_failed, program.string());
    return Started{pid, std::move(read_end)};
}

// What it says until it ends or the time is up; the kept part is short, all of it is read.
std::string listen(const Started& started) {
    std::string said;
    const auto until = Clock::now() + longest;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd end{started.output.get(), POLLIN, 0};
        const int ready = left <= 0 ? 0 : ::poll(&end, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            ::kill(started.pid, SIGKILL);
            return said;
        }
        char block[1024];
        const auto got = ::read(started.output.get(), block, sizeof block);
        if (got <= 0) return said;
        if (said.size() < most_output) said.append(block, static_cast<std::size_t>(got));
    }
}

} // namespace

Result<void> run_tool(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                      const std::filesystem::path& home) {
    ACREDITA_TRY(started, start(program, arguments, home));
    const auto said = listen(started);
    int status = 0;
    while (::waitpid(started.pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    // glibc's posix_spawn says ENOENT itself; a shell would say 127.
    return fail(register_errc::tool_failed,
                program.filename().string() + ": " + said.substr(0, said.find('\n')));
}

} // namespace acredita::registration
