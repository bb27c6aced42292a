// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/socket_server.hpp"

#include "tools/practice/error.hpp"

#include <array>
#include <cstring>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace acredita::practice {

FileDescriptor listen_at(const std::filesystem::path& path, int type) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto text = path.string();
    if (text.size() >= sizeof address.sun_path) return {};
    std::memcpy(address.sun_path, text.data(), text.size());
    FileDescriptor fd(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
    if (!fd.open() || ::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(fd.get(), 32) != 0)
        return {};
    return fd;
}

Result<std::unique_ptr<SocketServer>> SocketServer::listen(const std::filesystem::path& path, int type,
                                                           Serve serve) {
    auto listener = listen_at(path, type);
    FileDescriptor stop(::eventfd(0, EFD_CLOEXEC));
    if (!listener.open() || !stop.open()) return fail(practice_errc::no_control, path.string());
    return std::unique_ptr<SocketServer>(
        new SocketServer(std::move(listener), std::move(stop), std::move(serve)));
}

SocketServer::SocketServer(FileDescriptor listener, FileDescriptor stop, Serve serve)
    : listener_(std::move(listener)), stop_(std::move(stop)), serve_(std::move(serve)),
      acceptor_([this] { accept_all(); }) {}

SocketServer::~SocketServer() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(stop_.get(), &one, sizeof one);
    acceptor_.join();
    {
        const std::scoped_lock lock(mutex_);
        for (const int fd : connections_) ::shutdown(fd, SHUT_RDWR);
    }
    threads_.clear();
}

void SocketServer::accept_all() {
    std::array<pollfd, 2> both{pollfd{listener_.get(), POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
    while (true) {
        if (::poll(both.data(), both.size(), -1) < 0) continue;
        if (both[1].revents != 0) return;
        FileDescriptor fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!fd.open()) continue;
        const std::scoped_lock lock(mutex_);
        connections_.insert(fd.get());
        threads_.emplace_back([this, moved = fd.release()] { serve_one(FileDescriptor(moved)); });
    }
}

void SocketServer::serve_one(FileDescriptor fd) {
    serve_(fd.get());
    const std::scoped_lock lock(mutex_);
    connections_.erase(fd.get());
}

} // namespace acredita::practice
