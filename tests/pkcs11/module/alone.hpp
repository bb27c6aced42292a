// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A test case in a process of its own: libpcsclite reads the name of its socket once in a process, and every
// practice has another one.
#pragma once

#include <cstdio>
#include <iostream>

#include <boost/test/execution_monitor.hpp>
#include <boost/test/results_collector.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::test {

// The status of a process of its own that runs `body`: 0 if nothing failed in it.
inline int in_a_process(void (*body)()) {
    std::cout.flush();
    std::fflush(nullptr);
    const auto child = ::fork();
    if (child == 0) {
        int code = 1;
        try {
            body();
            const auto here = boost::unit_test::framework::current_test_case().p_id;
            code = boost::unit_test::results_collector.results(here).p_assertions_failed == 0 ? 0 : 1;
        } catch (const std::exception& error) {
            std::cout << error.what() << '\n';
        } catch (const boost::execution_aborted&) { // a requirement failed and has been logged
        }
        std::cout.flush();
        std::fflush(nullptr);
        ::_exit(code);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

inline void alone(void (*body)()) {
    const int status = in_a_process(body);
    BOOST_TEST(status == 0, "the process of this case ended with " << status);
}

// Exchanges are counted. Where our machine stands still for 100 ms, ours is asked for once more before a PIN
// (ADR 21), and rightly: a budget holds if it is kept in one of three runs.
inline void alone_and_counted(void (*body)()) {
    int status = -1;
    for (int run = 0; run < 3 && status != 0; ++run) status = in_a_process(body);
    BOOST_TEST(status == 0, "the process of this case ended with " << status << " three times");
}

} // namespace acredita::test

#define PRACTICE_CASE(name)                                                                                  \
    static void name##_body();                                                                               \
    BOOST_AUTO_TEST_CASE(name) { acredita::test::alone(&name##_body); }                                      \
    static void name##_body()

#define BUDGET_CASE(name)                                                                                    \
    static void name##_body();                                                                               \
    BOOST_AUTO_TEST_CASE(name) { acredita::test::alone_and_counted(&name##_body); }                          \
    static void name##_body()
