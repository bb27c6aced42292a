// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Listens on a Unix socket and gives each connection a thread of its own. Ends them all when it ends.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/practice/reader/file_descriptor.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace acredita::practice {

class SocketServer {
public:
    // Serves one connection until it ends; the descriptor is shut down when the server ends, and closed
    // afterwards.
    using Serve = std::function<void(int fd)>;

    // `type` is SOCK_SEQPACKET or SOCK_STREAM. practice.no_control if the socket cannot be made.
    static Result<std::unique_ptr<SocketServer>> listen(const std::filesystem::path& path, int type,
                                                        Serve serve);
    ~SocketServer();
    SocketServer(const SocketServer&) = delete;
    SocketServer& operator=(const SocketServer&) = delete;

private:
    SocketServer(FileDescriptor listener, FileDescriptor stop, Serve serve);
    void accept_all();
    void serve_one(FileDescriptor fd);

    FileDescriptor listener_;
    FileDescriptor stop_;
    Serve serve_;
    std::mutex mutex_;
    std::set<int> connections_;
    std::vector<std::jthread> threads_;
    std::jthread acceptor_;
};

// A bound, listening Unix socket, or a closed descriptor.
[[nodiscard]] FileDescriptor listen_at(const std::filesystem::path& path, int type);

} // namespace acredita::practice
