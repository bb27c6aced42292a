// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program that knows nothing of us, traced while it works with a practice card.
#include "tools/practice/session.hpp"
#include "tools/trace/trace.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

using namespace acredita;

namespace {

std::unique_ptr<practice::Session> session;

struct Practice {
    Practice() {
        auto started = practice::Session::start({});
        if (!started) {
            std::printf("skipped: no practice session here (%s)\n", describe(started.error()).c_str());
            std::exit(77);
        }
        session = std::move(*started);
        session->enter();
    }
    ~Practice() { session.reset(); }
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;
};

struct Traced {
    int code = -1;
    std::string text;

    explicit Traced(const std::string& command) {
        std::string folder = "/tmp/acredita-trace-XXXXXX";
        BOOST_REQUIRE(mkdtemp(folder.data()) != nullptr);
        const auto file = std::filesystem::path(folder) / "transcript";
        const auto outcome =
            trace::run(file, {"sh", "-c", "{ " + command + "; } >/dev/null 2>&1"}, ACREDITA_TRACE_LIBRARY);
        BOOST_REQUIRE(outcome.has_value());
        code = *outcome;
        std::ostringstream all;
        all << std::ifstream(file).rdbuf();
        text = all.str();
        std::filesystem::remove_all(folder);
    }
    [[nodiscard]] bool says(std::string_view part) const { return text.find(part) != std::string::npos; }
};

bool present(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Practice);

BOOST_AUTO_TEST_SUITE(tracing)

// Linked with libpcsclite.
BOOST_AUTO_TEST_CASE(yubico_piv_tool_is_seen_and_its_pin_is_not) {
    if (!present("yubico-piv-tool")) {
        std::puts("skipped: yubico-piv-tool is not installed");
        return;
    }
    const Traced traced("yubico-piv-tool -a verify-pin -P 123456 -r Acredita");
    BOOST_TEST(traced.code == 0);
    BOOST_TEST(traced.says("# reader Acredita Practice 00 00"));
    BOOST_TEST(traced.says("> 00 A4 04 00 05 A0 00 00 03 08"));
    BOOST_TEST(traced.says("> 00 20 00 80 08 ** ** ** ** ** ** ** **\n< 90 00\n"));
    BOOST_TEST(!traced.says("31 32 33 34 35 36"));
}

// Looks libpcsclite's functions up with dlsym.
BOOST_AUTO_TEST_CASE(opensc_is_seen_and_its_pin_is_not) {
    if (!present("opensc-tool")) {
        std::puts("skipped: opensc-tool is not installed");
        return;
    }
    const Traced traced(
        "opensc-tool -s 00:A4:04:00:05:A0:00:00:03:08 -s 00:20:00:80:08:31:32:33:34:35:36:FF:FF");
    BOOST_TEST(traced.code == 0);
    BOOST_TEST(traced.says("> 00 20 00 80 08 ** ** ** ** ** ** ** **\n< 90 00\n"));
    BOOST_TEST(!traced.says("31 32 33 34 35 36"));
}

BOOST_AUTO_TEST_CASE(of_keys_and_changed_pins_only_the_headers_are_told) {
    if (!present("yubico-piv-tool")) {
        std::puts("skipped: yubico-piv-tool is not installed");
        return;
    }
    const Traced traced("yubico-piv-tool -r Acredita -a generate -s 9c -A ECCP256 --touch-policy never"
                        " && yubico-piv-tool -r Acredita -a change-pin -P 123456 -N 654321");
    BOOST_TEST(traced.code == 0);
    BOOST_TEST(traced.says("> 00 47 00 9C"));
    BOOST_TEST(traced.says("> 00 87 "));
    BOOST_TEST(traced.says("> 00 24 00 80 10 ** "));
    for (const auto* secret : {"31 32 33 34 35 36", "36 35 34 33 32 31", "7C 0", "86 41 04"})
        BOOST_TEST(!traced.says(secret));
}

BOOST_AUTO_TEST_SUITE_END()
