// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/run.hpp"

#include "tools/practice/error.hpp"
#include "tools/practice/session.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::practice {

namespace {

volatile std::sig_atomic_t running_child = 0;

extern "C" void pass_on(int signal) {
    if (running_child > 0) ::kill(static_cast<pid_t>(running_child), signal);
}

// Handlers for as long as a command runs.
class Forwarding {
public:
    Forwarding() {
        struct sigaction action {};
        action.sa_handler = &pass_on;
        for (std::size_t n = 0; n < signals.size(); ++n) ::sigaction(signals[n], &action, &before_[n]);
    }
    ~Forwarding() {
        for (std::size_t n = 0; n < signals.size(); ++n) ::sigaction(signals[n], &before_[n], nullptr);
    }
    Forwarding(const Forwarding&) = delete;
    Forwarding& operator=(const Forwarding&) = delete;

private:
    static constexpr std::array<int, 3> signals{SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, 3> before_{};
};

// The daemons a command leaves behind become our children, since we adopt orphans.
void end_orphans(pid_t box) {
    std::ifstream in("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    for (pid_t child = 0; in >> child;) {
        if (child == box) continue;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Between fork and exec in a process with threads: nothing but system calls.
[[noreturn]] void become(char* const* arguments, char* const* environment, int failure) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execvpe(arguments[0], arguments, environment);
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

std::vector<std::string> environment_of(const Session& session) {
    std::vector<std::string> all;
    const auto ours = session.environment();
    for (char** one = ::environ; *one != nullptr; ++one) {
        const std::string_view text(*one);
        const auto name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& [key, value] : ours) replaced = replaced || key == name;
        if (!replaced) all.emplace_back(text);
    }
    for (const auto& [key, value] : ours) all.push_back(key + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

} // namespace

Result<int> run_inside(const Session& session, const std::vector<std::string>& command) {
    if (command.empty()) return fail(practice_errc::command_not_found);
    auto words = command;
    auto variables = environment_of(session);
    const auto arguments = pointers(words);
    const auto environment = pointers(variables);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return fail(practice_errc::command_not_found, std::strerror(errno));
    const FileDescriptor failed(pipe[0]);
    FileDescriptor failing(pipe[1]);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const Forwarding forwarding;
    const pid_t child = ::fork();
    if (child == 0) become(arguments.data(), environment.data(), failing.get());
    if (child < 0) return fail(practice_errc::command_not_found, std::strerror(errno));
    running_child = child;
    failing = {};
    int error = 0;
    ssize_t size = 0;
    do size = ::read(failed.get(), &error, sizeof error);
    while (size < 0 && errno == EINTR);
    const int code = wait_for(child);
    running_child = 0;
    end_orphans(session.box());
    if (size == sizeof error)
        return fail(practice_errc::command_not_found, command[0] + ": " + std::strerror(error));
    return code;
}

} // namespace acredita::practice
