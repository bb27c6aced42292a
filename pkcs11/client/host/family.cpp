// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/host/host.hpp"

#include <csignal>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

namespace acredita::host {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto look_again = 5ms;

void sleep_for(std::chrono::milliseconds time) { ::usleep(static_cast<useconds_t>(time.count()) * 1000U); }

// Whatever a module starts becomes our child when its parent ends, because we are its subreaper (prctl(2)).
bool kill_children() {
    std::ifstream list("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    bool any = false;
    for (pid_t one = 0; list >> one; any = true) ::kill(one, SIGKILL);
    return any;
}

} // namespace

int end_family(pid_t child, std::chrono::milliseconds grace) {
    int status = -1;
    const auto enough = Clock::now() + grace;
    for (;;) {
        const pid_t gone = ::waitpid(child, &status, WNOHANG);
        if (gone != 0) break;
        if (Clock::now() >= enough) {
            ::kill(-child, SIGKILL);
            ::kill(child, SIGKILL); // if it has left its group
            ::waitpid(child, &status, 0);
            break;
        }
        sleep_for(look_again);
    }
    ::kill(-child, SIGKILL); // its children in the group
    for (const auto last = Clock::now() + 2s; Clock::now() < last; sleep_for(look_again)) {
        kill_children();
        while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
        if (::waitpid(-1, nullptr, WNOHANG) < 0) break; // ECHILD: nobody is left
    }
    return status;
}

} // namespace acredita::host
