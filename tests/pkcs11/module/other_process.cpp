// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/other_process.hpp"

#include "tests/support/practice.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include <boost/test/execution_monitor.hpp>
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::test {

namespace {

[[noreturn]] void serve(const std::function<OtherProcess::Work()>& make, int commands, int reports) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // never left over
    int code = 1;
    try {
        ::setenv("PCSCLITE_CSOCK_NAME", (scratch() / "pcscd.comm").c_str(), 1);
        std::optional<OtherProcess::Work> work;
        char command = 0;
        while (::read(commands, &command, 1) == 1) {
            if (!work) work = make();
            const auto report = (*work)(command);
            if (::write(reports, &report, sizeof report) != sizeof report) break;
        }
        code = 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    } catch (const boost::execution_aborted&) { // a requirement failed and has been logged
    }
    std::cout.flush();
    std::fflush(nullptr);
    ::_exit(code);
}

} // namespace

OtherProcess::OtherProcess(const std::function<Work()>& make) {
    (void)scratch(); // one for both
    int to[2]{}, from[2]{};
    BOOST_REQUIRE(::pipe2(to, O_CLOEXEC) == 0 && ::pipe2(from, O_CLOEXEC) == 0);
    std::cout.flush();
    std::fflush(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::close(to[1]);
        ::close(from[0]);
        serve(make, to[0], from[1]);
    }
    ::close(to[0]);
    ::close(from[1]);
    to_ = to[1];
    from_ = from[0];
}

OtherProcess::~OtherProcess() {
    ::close(to_);
    ::close(from_);
    int status = -1;
    ::waitpid(pid_, &status, 0);
    BOOST_TEST((killed_ || status == 0), "the other process ended with " << status);
}

void OtherProcess::tell(char command) { BOOST_REQUIRE_EQUAL(::write(to_, &command, 1), 1); }

Report OtherProcess::report() {
    Report report;
    BOOST_REQUIRE_EQUAL(::read(from_, &report, sizeof report), static_cast<ssize_t>(sizeof report));
    return report;
}

void OtherProcess::kill() {
    killed_ = true;
    ::kill(pid_, SIGKILL);
}

long open_files() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all)) - 1; // without the one that looks
}

long resident_kilobytes() {
    std::ifstream in("/proc/self/statm");
    long size = 0, resident = 0;
    in >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

long asked_for(const char* variable, long otherwise) {
    const char* value = std::getenv(variable);
    return value == nullptr ? otherwise : std::atol(value);
}

} // namespace acredita::test
