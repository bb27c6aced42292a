// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program killed at each of its writes, a server that dies, a disk that is full: no accepted record is
// missing, no half record is read, and the next start goes on.
#include "tests/support/postgresql.hpp"
#include "tests/support/scratch.hpp"
#include "tests/tools/office/engines.hpp"
#include "tools/office/journal.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::test;
using office::Journal;

namespace {

struct Ran {
    int status = 0;
    std::string output{};
    [[nodiscard]] bool killed() const { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
    [[nodiscard]] bool ended() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
};

// Without a shell between: its fate is the victim's.
Ran run(const std::vector<std::string>& command) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        std::vector<char*> arguments;
        for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    Ran ran;
    std::array<char, 256> piece{};
    for (ssize_t got = 0; (got = ::read(ends[0], piece.data(), piece.size())) > 0;)
        ran.output.append(piece.data(), static_cast<std::size_t>(got));
    ::close(ends[0]);
    while (::waitpid(child, &ran.status, 0) < 0 && errno == EINTR) {
    }
    return ran;
}

std::string named(const office::Connection& connection) {
    return (connection.engine == office::Engine::sqlite ? "sqlite:" : "postgresql:") + connection.target;
}

office::ChainReport judged(Journal& journal) {
    office::Chain chain;
    succeed(journal.each(1, [&](std::string_view line) {
        chain.add(line);
        return true;
    }));
    return chain.finish();
}

office::Origin origin() { return {.kiosk = "k", .build = "b", .session = "s", .operator_name = "o"}; }

std::int64_t last_number(const std::string& lines) {
    std::istringstream in(lines);
    std::int64_t last = 0;
    for (std::int64_t number = 0; in >> number;) last = number;
    return last;
}

} // namespace

BOOST_AUTO_TEST_SUITE(what_was_accepted)

BOOST_DATA_TEST_CASE(outlives_a_program_killed_at_any_of_its_writes, both_engines, engine) {
    long kills = 0, sound = 0, went_on = 0;
    for (long at = 1;; ++at) {
        ACREDITA_OFFICE(connection, engine);
        const auto ran = run({OFFICE_VICTIM, "kill", named(connection), std::to_string(at)});
        if (ran.ended()) break; // it had no more writes than that
        BOOST_REQUIRE_MESSAGE(ran.killed(), "write " << at << ": status " << ran.status);
        ++kills;
        const auto accepted = last_number(ran.output);
        auto database = new_office(connection);
        Journal journal(database, origin());
        const auto report = judged(journal);
        sound += report.whole() && report.records >= accepted && report.records <= accepted + 1 ? 1 : 0;
        const auto head = journal.append({.action = "issue.card", .holder = "12345678Z"});
        went_on += head && head->number == report.records + 1 && judged(journal).whole() ? 1 : 0;
    }
    BOOST_TEST_MESSAGE(engine << ": killed at " << kills << " writes, sound " << sound << ", went on "
                              << went_on);
    BOOST_TEST(kills > 30);
    BOOST_TEST(sound == kills);
    BOOST_TEST(went_on == kills);
}

BOOST_AUTO_TEST_CASE(outlives_a_server_that_dies) {
    ACREDITA_OFFICE(connection, office::Engine::postgresql);
    auto database = new_office(connection);
    Journal journal(database, origin());
    for (int i = 0; i < 5; ++i) {
        value(journal.append({.action = "issue.card"}));
        stop_postgresql();
        BOOST_TEST(!journal.append({.action = "issue.pin"}).has_value());
        start_postgresql();
    }
    const auto report = judged(journal);
    BOOST_TEST((report.whole() && report.records == 5));
}

BOOST_AUTO_TEST_CASE(outlives_a_full_disk_and_more_is_accepted_as_soon_as_there_is_room) {
    const auto place = scratch_directory() / "small";
    std::filesystem::create_directory(place);
    const std::string unshare = ::geteuid() == 0 ? "unshare --mount" : "unshare --map-root-user --mount";
    const auto script =
        "mount -t tmpfs -o size=900k none " + place.string() + " && head -c 100000 /dev/zero > " +
        place.string() + "/ballast && " OFFICE_VICTIM " fill sqlite:" + place.string() + "/office.db " +
        place.string() + "/ballast && cp " + place.string() + "/office.db* " + scratch_directory().string();
    const auto possible = run({"sh", "-c", unshare + " true 2>/dev/null"});
    if (!possible.ended()) {
        BOOST_TEST_MESSAGE("SKIPPED: no mount namespace of one's own");
        return;
    }
    const auto ran = run({"sh", "-c", unshare + " sh -c '" + script + "'"});
    BOOST_REQUIRE_MESSAGE(ran.ended(), ran.output);
    BOOST_TEST_MESSAGE(ran.output);
    std::istringstream in(ran.output);
    std::string first, second, word;
    std::int64_t accepted = 0, kept = 0, then = 0;
    in >> first >> second >> word >> accepted >> word >> kept >> word >> then;
    BOOST_TEST(first == "office.database_full");
    BOOST_TEST(second == "office.database_full");
    BOOST_TEST(accepted > 10);
    BOOST_TEST(kept == accepted);
    BOOST_TEST(then == accepted + 1);
    auto database = new_office({office::Engine::sqlite, (scratch_directory() / "office.db").string()});
    Journal journal(database, origin());
    const auto report = judged(journal);
    BOOST_TEST((report.whole() && report.records == then));
    BOOST_TEST(value(journal.append({.action = "issue.card"})).number == then + 1);
}

BOOST_AUTO_TEST_SUITE_END()
