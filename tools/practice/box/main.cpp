// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The box: acredita-practice-box DIRECTORY PCSCD. Started by a session, never by hand.
//
// It holds the namespaces and pcscd, and outlives the session just long enough to end pcscd and remove the
// directory, whatever has happened to the session.
#include "tools/practice/box/daemon.hpp"
#include "tools/practice/box/namespaces.hpp"
#include "tools/practice/box/orders.hpp"
#include "tools/practice/reader/file_descriptor.hpp"

#include <array>
#include <csignal>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace acredita::practice;
using namespace acredita::practice::box;

namespace {

void answer(Outcome outcome, int descriptor = -1) {
    auto byte = static_cast<std::uint8_t>(outcome);
    iovec part{&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (descriptor >= 0) {
        message.msg_control = space.data();
        message.msg_controllen = space.size();
        auto* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    ::sendmsg(STDIN_FILENO, &message, MSG_NOSIGNAL);
}

FileDescriptor connect_inside(std::uint16_t port) {
    FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!fd.open() || ::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return {};
    return fd;
}

void join(std::uint16_t port) {
    const auto fd = connect_inside(port);
    answer(fd.open() ? Outcome::done : Outcome::failed, fd.get());
}

Outcome outcome(bool done) { return done ? Outcome::done : Outcome::failed; }

void obey(Daemon& daemon) {
    std::array<std::uint8_t, 3> order{};
    while (::recv(STDIN_FILENO, order.data(), order.size(), 0) > 0) {
        switch (static_cast<Order>(order[0])) {
        case Order::start:
            answer(outcome(daemon.start()));
            break;
        case Order::stop:
            daemon.end(SIGTERM), answer(Outcome::done);
            break;
        case Order::kill:
            daemon.end(SIGKILL), answer(Outcome::done);
            break;
        case Order::join:
            join(static_cast<std::uint16_t>(order[1] << 8 | order[2]));
            break;
        default:
            answer(Outcome::failed);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    // A session of its own: Ctrl-C is for the program that is practised with.
    ::setsid();
    for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(ignored, SIG_IGN);
    const std::filesystem::path directory(argv[1]);
    if (enter_namespaces(directory / "run")) {
        answer(Outcome::done);
        Daemon daemon(argv[2], directory);
        obey(daemon);
    } else {
        answer(Outcome::no_namespace);
    }
    std::error_code nothing_to_be_done;
    std::filesystem::remove_all(directory, nothing_to_be_done);
    return 0;
}
