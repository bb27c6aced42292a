// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/print.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::desk {
namespace {

constexpr std::size_t most_said = 400;

class Descriptor {
public:
    explicit Descriptor(int value) noexcept : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return value_; }

private:
    int value_;
};

// What lp reads and what it says are memory, not files.
bool fill(int descriptor, ByteView bytes) {
    while (!bytes.empty()) {
        const auto done = ::write(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return ::lseek(descriptor, 0, SEEK_SET) == 0;
}

std::string first_line(int descriptor) {
    std::string text(most_said, '\0');
    const auto got = ::pread(descriptor, text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    text.resize(std::min(text.find('\n'), text.size()));
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return text;
}

// Nothing of our environment but where the office's print server is.
std::vector<std::string> surroundings() {
    std::vector<std::string> all{"PATH=/usr/bin:/bin", "LC_ALL=C"};
    if (const char* server = std::getenv("CUPS_SERVER"); server != nullptr)
        all.push_back(std::string("CUPS_SERVER=") + server);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

Result<pid_t> start(const Printing& how, const std::string& title, int in, int out) {
    std::vector<std::string> arguments{how.program.string(), "-t", title};
    if (!how.printer.empty()) arguments.insert(arguments.end(), {"-d", how.printer});
    auto environment = surroundings();
    auto argv = pointers(arguments), envp = pointers(environment);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    pid_t child = 0;
    const int rc = ::posix_spawn(&child, how.program.c_str(), &actions, nullptr, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (rc != 0) return fail(desk_errc::print_program_missing, how.program.string());
    return child;
}

// The exit status; nullopt: it was ended because it took too long.
std::optional<int> wait_for(pid_t child, std::chrono::milliseconds patience) {
    const Descriptor watched(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    pollfd ended{watched.get(), POLLIN, 0};
    const auto until = std::chrono::steady_clock::now() + patience;
    int ready = 0;
    do {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        ready = ::poll(&ended, 1, std::max(0, static_cast<int>(left.count())));
    } while (ready < 0 && errno == EINTR);
    if (ready <= 0) ::kill(child, SIGKILL);
    int status = 0;
    pid_t waited = 0;
    do waited = ::waitpid(child, &status, 0);
    while (waited < 0 && errno == EINTR);
    if (waited != child) status = -1; // somebody else has its status: not known is not done
    return ready > 0 ? std::optional(status) : std::nullopt;
}

} // namespace

Result<void> print_page(ByteView pdf, const std::string& title, const Printing& how) {
    const Descriptor page(::memfd_create("page", MFD_CLOEXEC)), said(::memfd_create("said", MFD_CLOEXEC));
    if (page.get() < 0 || said.get() < 0 || !fill(page.get(), pdf))
        return fail(desk_errc::print_refused, "memory");
    ACREDITA_TRY(child, start(how, title, page.get(), said.get()));
    const auto status = wait_for(child, how.patience);
    if (!status) return fail(desk_errc::print_timed_out);
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return {};
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == 127)
        return fail(desk_errc::print_program_missing, how.program.string());
    auto line = first_line(said.get());
    for (const auto* none : {"No default destination", "The printer or class does not exist"})
        if (line.find(none) != std::string::npos) return fail(desk_errc::no_printer, how.printer);
    return fail(desk_errc::print_refused, std::move(line));
}

} // namespace acredita::desk
