// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/box_client.hpp"

#include "tools/practice/error.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::practice {

Result<std::unique_ptr<BoxClient>> BoxClient::start(const std::filesystem::path& program,
                                                    const std::filesystem::path& directory,
                                                    const std::filesystem::path& daemon) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return fail(practice_errc::no_control, std::strerror(errno));
    FileDescriptor ours(pair[0]);
    FileDescriptor theirs(pair[1]);
    auto program_text = program.string(), directory_text = directory.string(), daemon_text = daemon.string();
    const std::array<char*, 4> arguments{program_text.data(), directory_text.data(), daemon_text.data(),
                                         nullptr};
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), STDIN_FILENO);
    pid_t child = -1;
    const int error =
        ::posix_spawn(&child, program_text.c_str(), &actions, nullptr, arguments.data(), ::environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return fail(practice_errc::no_control, program_text + ": " + std::strerror(error));
    theirs = {}; // or the end of the box would not be heard here
    std::unique_ptr<BoxClient> client(new BoxClient(std::move(ours), child));
    ACREDITA_TRY(outcome, client->receive(nullptr));
    if (outcome != box::Outcome::done) return fail(practice_errc::no_namespace);
    return client;
}

BoxClient::~BoxClient() {
    ::shutdown(socket_.get(), SHUT_RDWR);
    while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) continue;
}

Result<box::Outcome> BoxClient::receive(FileDescriptor* passed) {
    std::uint8_t byte = 0;
    iovec part{&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    ssize_t size = 0;
    do size = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    while (size < 0 && errno == EINTR);
    if (size != 1) return fail(practice_errc::no_control);
    if (const auto* header = CMSG_FIRSTHDR(&message); header != nullptr && passed != nullptr) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
        *passed = FileDescriptor(fd);
    }
    return static_cast<box::Outcome>(byte);
}

Result<void> BoxClient::order(box::Order what) {
    const std::scoped_lock lock(mutex_);
    const auto byte = static_cast<std::uint8_t>(what);
    if (::send(socket_.get(), &byte, 1, MSG_NOSIGNAL) != 1) return fail(practice_errc::no_control);
    ACREDITA_TRY(outcome, receive(nullptr));
    if (outcome != box::Outcome::done) return fail(practice_errc::no_daemon);
    return {};
}

Result<FileDescriptor> BoxClient::join(std::uint16_t port) {
    const std::scoped_lock lock(mutex_);
    const std::array<std::uint8_t, 3> packet{static_cast<std::uint8_t>(box::Order::join),
                                             static_cast<std::uint8_t>(port >> 8),
                                             static_cast<std::uint8_t>(port & 0xFF)};
    if (::send(socket_.get(), packet.data(), packet.size(), MSG_NOSIGNAL) != 3)
        return fail(practice_errc::no_control);
    FileDescriptor passed;
    ACREDITA_TRY(outcome, receive(&passed));
    if (outcome != box::Outcome::done || !passed.open())
        return fail(practice_errc::no_daemon, "nobody listens there");
    return passed;
}

} // namespace acredita::practice
