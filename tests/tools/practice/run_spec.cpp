// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita practice as a person or a script uses it.
#include "tests/support/practice.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

using namespace acredita;
using test::run;

namespace {

const std::string program = ACREDITA_PROGRAM " practice ";

// A line of the control protocol, from a shell.
const std::string control_function =
    "control() { printf '%s\\n' \"$*\" | timeout 20 perl -MIO::Socket::UNIX -e '"
    "$s = IO::Socket::UNIX->new($ENV{ACREDITA_PRACTICE_CONTROL}) or die; print $s scalar <STDIN>; print "
    "scalar <$s>'; }; ";

std::string inside(const std::string& options, const std::string& script) {
    const auto file = test::scratch() / "script";
    std::ofstream(file) << control_function << script << '\n';
    return program + options + " -- sh " + file.string();
}

// A place of their own for the files of these runs: other sessions may be running on this machine.
std::string apart() {
    const auto place = test::scratch() / "apart";
    std::filesystem::create_directories(place);
    return "TMPDIR=" + place.string() + " ";
}

std::string left_behind() {
    const auto place = (test::scratch() / "apart").string();
    return run("ls " + place + "; ps -eo args | grep '" + place + "/acredita-' | grep -v grep").output;
}

// A duration no other process sleeps for.
std::string long_sleep() { return "sleep 60." + std::to_string(::getpid()); }

std::string sleepers() { return run("ps -eo args | grep -c '^" + long_sleep() + "'").output; }

} // namespace

BOOST_AUTO_TEST_SUITE(practice_run)

BOOST_AUTO_TEST_CASE(the_exit_code_is_the_commands) {
    BOOST_TEST(run(program + "-- sh -c 'exit 7'").code == 7);
    BOOST_TEST(run(program + "-- sh -c 'kill -9 $$'").code == 128 + 9);
}

BOOST_AUTO_TEST_CASE(a_command_that_is_not_there_and_a_card_that_is_not_known_are_told_apart) {
    BOOST_TEST(run(program + "-- /nothing/there").code == 127);
    BOOST_TEST(run(program + "--card paper -- true").code == 126);
    BOOST_TEST(run(program + "-- ").code == 2);
}

BOOST_AUTO_TEST_CASE(the_command_knows_where_it_is) {
    const auto ran =
        run(inside("", "echo $ACREDITA_PRACTICE; test -S $PCSCLITE_CSOCK_NAME && basename $ACREDITA_MODULE"));
    BOOST_TEST(ran.output == "1\nlibacredita-pkcs11.so\n");
}

BOOST_AUTO_TEST_CASE(nothing_listens_on_the_host) {
    const std::string ports = "grep -h ' 0A ' /proc/net/tcp /proc/net/tcp6 | awk '{ print $2 }' | sort";
    // Other programs of the host come and go meanwhile; one of ours would be there each time.
    std::string before, within = "?";
    for (int look = 0; look < 10 && within != before; ++look) {
        before = run(ports).output;
        within = run(inside("--transport vpcd", ports)).output;
    }
    BOOST_TEST(within == before);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_behind_however_it_ends) {
    (void)run(apart() + program + "-- true");
    BOOST_TEST(left_behind() == "");
    for (const auto* signal : {"INT", "TERM", "KILL"}) {
        (void)run(apart() + program + "-- " + long_sleep() + " & one=$!; sleep 0.5; kill -" + signal +
                  " $one; wait $one; sleep 0.5");
        BOOST_TEST(sleepers() == "0\n", signal);
        BOOST_TEST(left_behind() == "", signal);
    }
}

BOOST_AUTO_TEST_CASE(what_the_command_leaves_running_ends_with_it) {
    (void)run(apart() + program + "-- sh -c 'setsid " + long_sleep() + " & exit 0'");
    BOOST_TEST(sleepers() == "0\n");
}

BOOST_AUTO_TEST_CASE(the_memory_of_a_card_survives_two_runs) {
    const auto state = "--state " + (test::scratch() / "state").string() + " ";
    (void)run(program + state + "-- yubico-piv-tool -r '' -a verify-pin -P 999999");
    const auto second = run(program + state + "-- yubico-piv-tool -r '' -a status");
    BOOST_TEST(second.output.find("PIN tries left:\t2") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_card_is_torn_at_the_exchange_one_names) {
    BOOST_TEST(run(program + "--tear 4 -- yubico-piv-tool -r '' -a verify-pin -P 123456").code != 0);
    BOOST_TEST(run(program +
                   "--tear 4 -- sh -c \"yubico-piv-tool -r '' -a status >/dev/null 2>&1; sleep 1.5; "
                   "yubico-piv-tool -r '' -a status\"")
                   .code == 0);
}

BOOST_AUTO_TEST_CASE(a_script_moves_cards_and_counts_exchanges) {
    const auto ran =
        run(inside("--card piv --card none",
                   "control exchanges 0; yubico-piv-tool -r '' -a version >/dev/null; "
                   "control reset 0; control exchanges 0; control remove 0; "
                   "opensc-tool -l | grep -c Yes; control insert 0; opensc-tool -l | grep -c Yes; "
                   "control exchanges 1; control dance 0; control tear 0 5 after swap; control tear 0 off"));
    BOOST_TEST(ran.output == "ok 0\nok\nok 0\nok\n0\nok\n1\nerror practice.no_reader: it has no card\n"
                             "error practice.bad_command: dance\nok\nok\n");
}

BOOST_AUTO_TEST_CASE(latency_is_added_to_each_exchange) {
    const auto ran =
        run(inside("--latency 20", "begin=$(date +%s%N); yubico-piv-tool -r '' -a status >/dev/null; "
                                   "end=$(date +%s%N); n=$(control exchanges 0 | cut -d' ' -f2); "
                                   "test $(( (end - begin) / 1000000 )) -ge $(( n * 20 )) && echo slow"));
    BOOST_TEST(ran.output == "slow\n");
}

BOOST_AUTO_TEST_CASE(the_transcript_shows_the_conversation_and_no_pin) {
    const auto file = test::scratch() / "transcript";
    (void)run(program + "--transcript " + file.string() +
              " -- yubico-piv-tool -r '' -a verify-pin -P 123456");
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    BOOST_TEST(text.find("00A40400 Lc=5 A000000308") != std::string::npos);
    BOOST_TEST(text.find("00200080 Lc=8 *8") != std::string::npos);
    BOOST_TEST(text.find("313233343536") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_ordinary_user_needs_no_privilege) {
    const auto user = std::string("setpriv --reuid 65534 --regid 65534 --clear-groups ");
    if (::geteuid() != 0 || run(user + "unshare -Urmn true").code != 0 ||
        run(user + "test -x " ACREDITA_PROGRAM).code != 0) {
        BOOST_TEST_MESSAGE(
            "skipped: not root, or no user namespaces, or the build is not readable for others");
        return;
    }
    const auto ran =
        run("cd / && " + user + program + "-- sh -c \"id -u; yubico-piv-tool -r '' -a version\"");
    BOOST_TEST(ran.output == "65534\nApplication version 5.4.3 found.\n");
}

BOOST_AUTO_TEST_SUITE_END()
