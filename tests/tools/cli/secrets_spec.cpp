// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Secrets typed at a terminal: nothing of them is shown, corrections work, Ctrl-C cancels.
#include "tests/support/practice.hpp"

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace acredita;

struct Dialogue {
    int code = -1;
    std::string shown;
};

std::string read_until(int terminal, std::string_view wanted) {
    std::string text;
    char c = 0;
    while (text.find(wanted) == std::string::npos && ::read(terminal, &c, 1) == 1) text += c;
    return text;
}

// Runs `acredita p12 inspect --ask` on a terminal of its own and types `keys` when it is asked for the
// password.
Dialogue type(const std::string& file, const std::string& keys) {
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        ::setenv("LC_ALL", "C", 1);
        ::execl(ACREDITA, "acredita", "p12", "inspect", "--ask", file.c_str(), nullptr);
        ::_exit(127);
    }
    Dialogue dialogue;
    dialogue.shown = read_until(terminal, "Password of the backup: ");
    BOOST_REQUIRE(::write(terminal, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
    dialogue.shown += read_until(terminal, "never shown, so read to the end");
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(terminal);
    dialogue.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return dialogue;
}

} // namespace

// A bare chroot has no pseudo-terminals to type at.
BOOST_AUTO_TEST_SUITE(a_secret_at_the_terminal,
                      *boost::unit_test::precondition(
                          [](boost::unit_test::test_unit_id) -> boost::test_tools::assertion_result {
                              if (const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY); terminal >= 0) {
                                  ::close(terminal);
                                  return true;
                              }
                              boost::test_tools::assertion_result skipped(false);
                              skipped.message() << "SKIPPED: there is no pseudo-terminal (/dev/pts) here";
                              return skipped;
                          }))

BOOST_AUTO_TEST_CASE(opens_the_backup_and_is_never_shown) {
    const auto& backup = test::backup();
    const auto dialogue = type(backup.file.string(), backup.passphrase + "\r");
    BOOST_TEST(dialogue.code == 0, dialogue.shown);
    BOOST_TEST(dialogue.shown.find(backup.passphrase) == std::string::npos);
    BOOST_TEST(dialogue.shown.find("•") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(can_be_corrected_letter_by_letter_even_a_letter_of_two_bytes) {
    const auto& backup = test::backup();
    const auto dialogue = type(backup.file.string(), "ñx\x7f\x7f" + backup.passphrase + "\r");
    BOOST_TEST(dialogue.code == 0, dialogue.shown);
}

BOOST_AUTO_TEST_CASE(that_is_wrong_ends_with_52) {
    BOOST_TEST(type(test::backup().file.string(), "wrong\r").code == 52);
}

BOOST_AUTO_TEST_CASE(is_cancelled_by_control_c_with_45) {
    BOOST_TEST(type(test::backup().file.string(), "wro\x03").code == 45);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_secret_without_a_terminal)

BOOST_AUTO_TEST_CASE(is_read_as_one_line_of_a_descriptor) {
    const auto& backup = test::backup();
    const auto ran =
        test::run("printf '%s\\nmore' '" + backup.passphrase +
                  "' | " ACREDITA " p12 inspect --passphrase-fd 0 '" + backup.file.string() + "'");
    BOOST_TEST(ran.code == 0, ran.output);
}

BOOST_AUTO_TEST_CASE(that_nobody_gives_ends_with_93_and_names_the_option) {
    const auto ran = test::run("LC_ALL=C setsid " ACREDITA " p12 inspect --ask '" +
                               test::backup().file.string() + "' </dev/null 2>&1");
    BOOST_TEST(ran.code == 93);
    BOOST_TEST(ran.output.find("--passphrase-fd") != std::string::npos, ran.output);
}

BOOST_AUTO_TEST_CASE(on_a_closed_descriptor_ends_with_93) {
    BOOST_TEST(
        test::run(ACREDITA " p12 inspect --passphrase-fd 77 '" + test::backup().file.string() + "' 2>&1")
            .code == 93);
}

BOOST_AUTO_TEST_SUITE_END()
