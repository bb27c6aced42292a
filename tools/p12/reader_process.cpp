// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/reader_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::p12::isolated {

namespace {

using reader::Frame;
using reader::FrameHeader;

constexpr int tick = 50; // milliseconds between two looks at the stop token

std::filesystem::path program_of(const Options& options) {
    if (!options.program.empty()) return options.program;
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error).string();
    const bool built_here = !error && self.starts_with(ACREDITA_BUILD_DIR "/");
    return built_here ? ACREDITA_BUILD_DIR "/tools/p12/acredita-p12-reader"
                      : ACREDITA_LIBEXECDIR "/acredita-p12-reader";
}

auto unavailable(int error) {
    return fail(p12_errc::reader_unavailable, std::generic_category().message(error));
}

// Posix_spawn's settings: no argument, descriptor 0 alone, signals as a new process has them.
class Settings {
public:
    explicit Settings(int channel) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, channel, 0);
        posix_spawn_file_actions_addclose(&actions_, 1);
        posix_spawn_file_actions_addclose(&actions_, 2);
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Settings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    [[nodiscard]] int spawn(pid_t& pid, const std::string& program) const {
        std::string name = program;
        char* const arguments[] = {name.data(), nullptr};
        // A function found when it is first called leaves registers, and what they hold, on the stack.
        std::string bind_now = "LD_BIND_NOW=1";
        char* const environment[] = {bind_now.data(), nullptr};
        return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments, environment);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

Result<void> report(const Options& options, ByteView content) {
    std::uint64_t figures[4] = {};
    if (content.size() != sizeof figures) return fail(p12_errc::reader_crashed, "nonsense");
    std::memcpy(figures, content.data(), sizeof figures);
    if (figures[0] > static_cast<std::uint64_t>(Stage::opening))
        return fail(p12_errc::reader_crashed, "nonsense");
    if (options.progress)
        options.progress(
            {static_cast<Stage>(figures[0]), figures[1], figures[2], static_cast<unsigned>(figures[3])});
    return {};
}

} // namespace

Result<ReaderProcess> ReaderProcess::start(const Options& options) {
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return unavailable(errno);
    pid_t pid = -1;
    // Descriptor 0 of ours may be closed; then the child's end could be 0 already and would be closed on
    // exec.
    if (ends[1] == 0) (void)fcntl(ends[1], F_SETFD, 0);
    const int error = Settings(ends[1]).spawn(pid, program_of(options).string());
    (void)close(ends[1]);
    if (error == 0) {
        (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
        return ReaderProcess(options, pid, ends[0]);
    }
    (void)close(ends[0]);
    return unavailable(error);
}

ReaderProcess::ReaderProcess(const Options& options, pid_t pid, int channel)
    : options_(options), pid_(pid), channel_(channel) {}

ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept
    : options_(std::move(other.options_)), deadline_(other.deadline_), pid_(std::exchange(other.pid_, -1)),
      channel_(std::exchange(other.channel_, -1)) {}

ReaderProcess::~ReaderProcess() {
    if (channel_ >= 0) (void)close(channel_);
    if (pid_ <= 0) return;
    (void)kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<void> ReaderProcess::wait_for(short events) {
    while (true) {
        if (options_.stop.stop_requested()) return fail(p12_errc::cancelled);
        if (std::chrono::steady_clock::now() >= deadline_) return fail(p12_errc::reader_timed_out);
        pollfd channel{channel_, events, 0};
        if (poll(&channel, 1, tick) > 0) return {};
    }
}

Result<void> ReaderProcess::send(ByteView bytes) {
    while (!bytes.empty()) {
        ACREDITA_CHECK(wait_for(POLLOUT));
        const auto sent = ::send(channel_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (sent <= 0) return post_mortem();
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<void> ReaderProcess::receive(std::uint8_t* to, std::size_t size) {
    while (size > 0) {
        ACREDITA_CHECK(wait_for(POLLIN));
        const auto got = recv(channel_, to, size, 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got <= 0) return post_mortem();
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return {};
}

tl::unexpected<Error> ReaderProcess::post_mortem() {
    int status = 0;
    // It closed its end: either it is dead, or it only pretends to be.
    for (int i = 0; i < 20; ++i) {
        const auto ended = waitpid(pid_, &status, WNOHANG);
        if (ended == pid_ || (ended < 0 && errno != EINTR)) break;
        (void)poll(nullptr, 0, tick);
        if (i == 18) (void)kill(pid_, SIGKILL);
    }
    pid_ = -1;
    if (WIFSIGNALED(status)) {
        const char* name = sigabbrev_np(WTERMSIG(status));
        return fail(p12_errc::reader_crashed, name != nullptr ? "SIG" + std::string(name) : "unknown");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == reader::exit_not_confined)
        return fail(p12_errc::reader_unavailable, "not confined");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return fail(p12_errc::reader_unavailable, "not started");
    return fail(p12_errc::reader_crashed, "none");
}

Result<Secret> ReaderProcess::ask(reader::Task task, std::optional<ByteView> file, ByteView passphrase,
                                  const Secret* key_passphrase) {
    deadline_ = std::chrono::steady_clock::now() + options_.most_time;
    const auto key = key_passphrase != nullptr ? key_passphrase->view() : ByteView();
    reader::RequestHeader request;
    request.task = task;
    request.file = file ? static_cast<std::uint32_t>(file->size()) : 0;
    request.same_file = file ? 0 : 1;
    request.passphrase = static_cast<std::uint32_t>(passphrase.size());
    request.key_passphrase = static_cast<std::uint32_t>(key.size());
    request.has_key_passphrase = key_passphrase != nullptr ? 1 : 0;
    request.second_look = options_.second_look ? 1 : 0;
    ACREDITA_CHECK(send({reinterpret_cast<const std::uint8_t*>(&request), sizeof request}));
    for (const auto part : {file.value_or(ByteView()), passphrase, key}) ACREDITA_CHECK(send(part));

    while (true) {
        FrameHeader header;
        ACREDITA_CHECK(receive(reinterpret_cast<std::uint8_t*>(&header), sizeof header));
        if (header.size > reader::most_answer) return fail(p12_errc::reader_crashed, "nonsense");
        // Keys may be in it: it goes straight into locked memory.
        Secret content(std::size_t{header.size});
        (void)content.resize(header.size);
        ACREDITA_CHECK(receive(content.data(), content.size()));
        if (header.kind == Frame::answer) return content;
        if (header.kind != Frame::progress) return fail(p12_errc::reader_crashed, "nonsense");
        ACREDITA_CHECK(report(options_, content.view()));
    }
}

} // namespace acredita::p12::isolated
