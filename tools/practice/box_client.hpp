// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The session's end of the box: starts it, gives it orders, and ends it by hanging up.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/practice/box/orders.hpp"
#include "tools/practice/reader/file_descriptor.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

#include <sys/types.h>

namespace acredita::practice {

class BoxClient {
public:
    // practice.no_control if the program cannot be run, practice.no_namespace if the kernel refuses. The box
    // removes `directory` when it ends.
    static Result<std::unique_ptr<BoxClient>> start(const std::filesystem::path& program,
                                                    const std::filesystem::path& directory,
                                                    const std::filesystem::path& daemon);
    // Waits until the box and all it started are gone.
    ~BoxClient();
    BoxClient(const BoxClient&) = delete;
    BoxClient& operator=(const BoxClient&) = delete;

    // practice.no_daemon if the order failed, practice.no_control if the box is gone.
    Result<void> order(box::Order what);
    // A TCP connection to that port of the private network.
    Result<FileDescriptor> join(std::uint16_t port);
    [[nodiscard]] pid_t pid() const noexcept { return child_; }

private:
    BoxClient(FileDescriptor socket, pid_t child) : socket_(std::move(socket)), child_(child) {}
    [[nodiscard]] Result<box::Outcome> receive(FileDescriptor* passed);

    std::mutex mutex_;
    FileDescriptor socket_;
    pid_t child_;
};

} // namespace acredita::practice
