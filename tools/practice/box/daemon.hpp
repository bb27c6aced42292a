// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The private pcscd: a child of the box that dies with it.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace acredita::practice::box {

class Daemon {
public:
    // `directory` holds reader.conf.d, run, drivers; the log goes to pcscd.log in it.
    Daemon(std::string program, std::filesystem::path directory)
        : program_(std::move(program)), directory_(std::move(directory)) {}
    ~Daemon() { end(9); }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    // True when a client can connect.
    [[nodiscard]] bool start();
    // Sends the signal and waits for the end.
    void end(int signal);

private:
    [[nodiscard]] bool accepts() const;
    [[noreturn]] void become(int log) const;

    std::string program_;
    std::filesystem::path directory_;
    pid_t child_ = -1;
};

} // namespace acredita::practice::box
