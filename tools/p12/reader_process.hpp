// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One run of the process that reads backups, seen from outside: started, given its request, listened to with
// a limit on time and size, and killed. Nothing it says is believed before it was checked.
#pragma once

#include "tools/p12/isolated.hpp"
#include "tools/p12/reader/request.hpp"

#include <sys/types.h>

namespace acredita::p12::isolated {

class ReaderProcess {
public:
    // Errors: reader_unavailable.
    [[nodiscard]] static Result<ReaderProcess> start(const Options& options);
    ~ReaderProcess();
    ReaderProcess(ReaderProcess&& other) noexcept;
    ReaderProcess& operator=(ReaderProcess&&) = delete;
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    // The answer's octets. Without a file: about the one before. Errors: reader_crashed, reader_timed_out,
    // cancelled, damaged never.
    [[nodiscard]] Result<Secret> ask(reader::Task task, std::optional<ByteView> file, ByteView passphrase,
                                     const Secret* key_passphrase);

private:
    ReaderProcess(const Options& options, pid_t pid, int channel);
    [[nodiscard]] Result<void> wait_for(short events);
    [[nodiscard]] Result<void> send(ByteView bytes);
    [[nodiscard]] Result<void> receive(std::uint8_t* to, std::size_t size);
    // Why it fell silent.
    [[nodiscard]] tl::unexpected<Error> post_mortem();

    Options options_;
    std::chrono::steady_clock::time_point deadline_; // of what is being asked
    pid_t pid_ = -1;
    int channel_ = -1;
};

} // namespace acredita::p12::isolated
