// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The two halves of a host: the one that runs the maker's module, and the one that watches it.
#pragma once

#include <chrono>
#include <string>

#include <sys/types.h>

namespace acredita::host {

// A datagram to whoever started us, for people to read later; nobody need listen.
class Mouth {
public:
    explicit Mouth(std::string name) : name_(std::move(name)) {}
    void say(const std::string& words) const noexcept;

private:
    std::string name_; // in the abstract namespace of Unix sockets
};

// Loads the module and serves it on `channel` until that ends. Never returns to the watcher's code: the exit
// code is load_failed after "load WHY", otherwise 0.
inline constexpr int load_failed = 120;
[[nodiscard]] int serve(const std::string& module, int channel, const Mouth& mouth);

// Carries bytes between our program (`ours`) and the module's process (`theirs`) until one side ends or a
// call takes longer than `patience`. `signals` is a signalfd; any signal on it but SIGCHLD ends the carrying.
enum class End { ours, theirs, hung };
[[nodiscard]] End carry(int ours, int theirs, int signals, std::chrono::seconds patience);

// Ends the module's process and everything it started, even what left its group, and waits until it is gone.
// `grace`: so long the process may take to end by itself. Its status as waitpid() has it; -1 if it is not
// known.
[[nodiscard]] int end_family(pid_t child, std::chrono::milliseconds grace);

} // namespace acredita::host
