// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/host/host.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace acredita::host {

namespace {

using Clock = std::chrono::steady_clock;

// "From" is the side read, "to" the side written.
enum class Passed { yes, from_ended, to_ended };

class Buffer { // PINs pass through here
public:
    Buffer() = default;
    ~Buffer() { ::explicit_bzero(bytes_.data(), bytes_.size()); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    // Which side has ended is what tells a module that crashed from a program of ours that has done.
    Passed pass(int from, int to) {
        const auto got = ::read(from, bytes_.data(), bytes_.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) return Passed::yes;
        if (got <= 0) return Passed::from_ended;
        bool passed = true;
        for (std::size_t at = 0; at < static_cast<std::size_t>(got) && passed;) {
            const auto put = ::write(to, bytes_.data() + at, static_cast<std::size_t>(got) - at);
            if (put > 0)
                at += static_cast<std::size_t>(put);
            else
                passed = put < 0 && errno == EINTR;
        }
        ::explicit_bzero(bytes_.data(), static_cast<std::size_t>(got));
        return passed ? Passed::yes : Passed::to_ended;
    }

private:
    std::array<std::uint8_t, 65536> bytes_{};
};

int milliseconds_until(std::optional<Clock::time_point> moment) {
    if (!moment) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*moment - Clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
}

// SIGCHLD only wakes us: the end of the channel tells more.
bool told_to_end(int signals) {
    signalfd_siginfo info{};
    bool end = false;
    while (::read(signals, &info, sizeof info) == static_cast<ssize_t>(sizeof info))
        end = end || info.ssi_signo != static_cast<unsigned>(SIGCHLD);
    return end;
}

} // namespace

// A call begins with the first byte from our side and ends with the first byte back: p11-kit writes an answer
// once it has all of it.
End carry(int ours, int theirs, int signals, std::chrono::seconds patience) {
    Buffer buffer;
    std::optional<Clock::time_point> deadline = Clock::now() + patience;
    constexpr short readable = POLLIN | POLLHUP | POLLERR;
    for (;;) {
        std::array<pollfd, 3> all{{{ours, POLLIN, 0}, {theirs, POLLIN, 0}, {signals, POLLIN, 0}}};
        const int ready = ::poll(all.data(), all.size(), milliseconds_until(deadline));
        if (ready < 0 && errno != EINTR) return End::ours;
        if (ready == 0) {
            if (deadline && Clock::now() >= *deadline) return End::hung;
            continue;
        }
        if (ready < 0) continue;
        if ((all[2].revents & readable) != 0 && told_to_end(signals)) return End::ours;
        if ((all[1].revents & readable) != 0) {
            const auto passed = buffer.pass(theirs, ours);
            if (passed != Passed::yes) return passed == Passed::from_ended ? End::theirs : End::ours;
            deadline.reset();
        }
        if ((all[0].revents & readable) != 0) {
            const auto passed = buffer.pass(ours, theirs);
            if (passed != Passed::yes) return passed == Passed::from_ended ? End::ours : End::theirs;
            deadline = Clock::now() + patience;
        }
    }
}

} // namespace acredita::host
