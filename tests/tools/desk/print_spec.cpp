// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Printing by lp(1): CUPS' own client where it is installed, against a server that is not there; and programs
// in its place for what only a printer can do.
#include "tests/support/practice.hpp"
#include "tools/desk/print.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
namespace fs = std::filesystem;

const Bytes page(300'000, 0x25);

fs::path program(const std::string& name, const std::string& body) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << "#!/bin/sh\n" << body << '\n';
    fs::permissions(file, fs::perms::owner_all);
    return file;
}

std::string name_of(const Result<void>& done) { return done ? "" : error_name(done.error().code); }

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_page_for_the_printer)

BOOST_AUTO_TEST_CASE(reaches_the_queue_whole_with_its_title_and_no_environment_of_ours) {
    ::setenv("ACREDITA_TEST_ONLY", "1", 1);
    const auto lp = program("lp", "cat > '" + (test::scratch() / "page").string() + "'; echo \"$@\" > '" +
                                      (test::scratch() / "said").string() + "'; env >> '" +
                                      (test::scratch() / "said").string() + "'");
    BOOST_TEST(name_of(desk::print_page(page, "Justificante", {.printer = "sala-3", .program = lp})) == "");
    BOOST_TEST((content(test::scratch() / "page") == as_text(page)));
    const auto said = content(test::scratch() / "said");
    BOOST_TEST(said.starts_with("-t Justificante -d sala-3\n"), said);
    BOOST_TEST(said.find("ACREDITA_TEST_ONLY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(finds_no_printer_by_the_real_client_if_its_server_is_not_there) {
    if (!fs::exists("/usr/bin/lp")) {
        BOOST_TEST_MESSAGE("skipped: cups-client is not installed");
        return;
    }
    ::setenv("CUPS_SERVER", "/nonexistent/cups.sock", 1);
    BOOST_TEST(name_of(desk::print_page(page, "x")) == "desk.no_printer");
    BOOST_TEST(name_of(desk::print_page(page, "x", {.printer = "sala-3"})) == "desk.no_printer");
    ::unsetenv("CUPS_SERVER");
}

BOOST_AUTO_TEST_CASE(tells_what_the_printer_says_on_one_line) {
    const auto lp =
        program("refusing", "echo 'lp: Unsupported document-format \"x\".' >&2; echo more; exit 1");
    const auto done = desk::print_page(page, "x", {.program = lp});
    BOOST_TEST(name_of(done) == "desk.print_refused");
    BOOST_TEST(done.error().detail == "lp: Unsupported document-format \"x\".");
}

BOOST_AUTO_TEST_CASE(is_given_up_if_the_printer_hangs_and_no_process_stays) {
    const auto lp =
        program("hanging", "echo $$ > '" + (test::scratch() / "pid").string() + "'; exec sleep 600");
    BOOST_TEST(
        name_of(desk::print_page(page, "x", {.patience = std::chrono::milliseconds(500), .program = lp})) ==
        "desk.print_timed_out");
    auto pid = content(test::scratch() / "pid");
    if (!pid.empty()) pid.pop_back();
    BOOST_TEST((pid.empty() || !fs::exists("/proc/" + pid)));
}

BOOST_AUTO_TEST_CASE(needs_the_program_that_prints) {
    BOOST_TEST(name_of(desk::print_page(page, "x", {.program = "/nonexistent/lp"})) ==
               "desk.print_program_missing");
}

BOOST_AUTO_TEST_SUITE_END()
