// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The watcher between our program and a maker's module says which of the two has ended.
#include "pkcs11/client/host/host.hpp"

#include <array>
#include <csignal>

#include <boost/test/unit_test.hpp>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace acredita::host;
using namespace std::chrono_literals;

// The watcher's end first, the program's or the module's behind it.
struct Channel {
    Channel() { BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0); }
    ~Channel() {
        for (const int end : ends) ::close(end);
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    std::array<int, 2> ends{};
};

struct Watched {
    Watched() { ::signal(SIGPIPE, SIG_IGN); }
    ~Watched() {
        ::close(signals);
        ::signal(SIGPIPE, SIG_DFL);
    }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    [[nodiscard]] End end() const { return carry(program.ends[0], module.ends[0], signals, 10s); }

    Channel program, module;
    int signals = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); // quiet, as a signalfd is
};

} // namespace

BOOST_AUTO_TEST_SUITE(the_watcher_of_a_module)

BOOST_AUTO_TEST_CASE(blames_the_module_that_ends_while_a_call_is_on_its_way_to_it) {
    const Watched watched;
    // The module's process is gone after the watcher looked and before it writes: nothing to read, no reader.
    BOOST_REQUIRE(::shutdown(watched.module.ends[1], SHUT_RD) == 0);
    BOOST_REQUIRE(::write(watched.program.ends[1], "call", 4) == 4);
    BOOST_TEST((watched.end() == End::theirs));
}

BOOST_AUTO_TEST_CASE(blames_the_program_that_ends_while_an_answer_is_on_its_way_to_it) {
    const Watched watched;
    BOOST_REQUIRE(::shutdown(watched.program.ends[1], SHUT_RD) == 0);
    BOOST_REQUIRE(::write(watched.module.ends[1], "answer", 6) == 6);
    BOOST_TEST((watched.end() == End::ours));
}

BOOST_AUTO_TEST_SUITE_END()
