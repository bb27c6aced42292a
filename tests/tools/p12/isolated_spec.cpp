// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The process that reads backups: what it gives up, how it ends, and what its caller sees of it.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/isolated.hpp"

#include <fstream>
#include <iostream>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

namespace fs = std::filesystem;

struct Backups {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");
    Bytes file = export_with_openssl(folder, pair, "1234");

    // The outcome with a reader that has been taken over, and what is known of it.
    std::string with_reader(const char* name,
                            std::chrono::milliseconds most_time = std::chrono::seconds(20)) {
        fs::create_symlink(ACREDITA_BAD_READER, folder / name);
        isolated::Options options;
        options.program = folder / name;
        options.most_time = most_time;
        const auto opened = isolated::open(file, secret("1234"), options);
        return outcome(opened) + (opened ? "" : " " + opened.error().detail);
    }
};

bool has_children() { return waitpid(-1, nullptr, WNOHANG | __WALL) >= 0 || errno != ECHILD; }

// Runs `body` in a child and returns its exit status: 0 to 255, or -1.
template <class Body>
int in_a_child(Body body) {
    const auto child = fork();
    if (child == 0) _exit(body());
    int status = -1;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_process_that_reads_backups, Backups)

BOOST_AUTO_TEST_CASE(sees_what_the_functions_of_this_process_see) {
    const auto here = open(file, secret("1234"));
    const auto there = isolated::open(file, secret("1234"));
    BOOST_REQUIRE((here && there));
    BOOST_REQUIRE(there->credentials.size() == 1U);
    BOOST_TEST(there->credentials[0].pkcs8.equals(here->credentials[0].pkcs8.view()));
    BOOST_TEST(equal(there->credentials[0].leaf.der, here->credentials[0].leaf.der));
    BOOST_TEST(there->credentials[0].leaf.shown_name == here->credentials[0].leaf.shown_name);
    BOOST_TEST(there->envelope.mac_iterations == here->envelope.mac_iterations);
    BOOST_TEST((there->form == here->form));
    BOOST_TEST((there->warnings == here->warnings));
}

BOOST_AUTO_TEST_CASE(reads_the_envelope_without_a_password) {
    const auto seen = isolated::sniff(file);
    BOOST_REQUIRE(seen);
    BOOST_TEST(seen->safes[0].algorithm == "PBES2-AES-256-CBC-SHA256");
}

BOOST_AUTO_TEST_CASE(names_the_same_faults) {
    BOOST_TEST(outcome(isolated::open(file, secret("4321"))) == "wrong_password");
    const auto cut = isolated::sniff(ByteView(file).first(file.size() - 57));
    BOOST_TEST(outcome(cut) == "truncated");
    BOOST_TEST(cut.error().detail == "missing=57");
    BOOST_TEST(outcome(isolated::sniff({})) == "empty_file");
    BOOST_TEST(outcome(isolated::sniff(Bytes(10U * 1024 * 1024))) == "only_zeros");
    BOOST_TEST(outcome(isolated::sniff(Bytes(10U * 1024 * 1024 + 1))) == "too_large");
}

BOOST_AUTO_TEST_CASE(opens_old_algorithms_too) {
    BOOST_TEST(outcome(isolated::open(export_with_openssl(folder, pair, "1234", {"-legacy"}),
                                      secret("1234"))) == "ok");
}

BOOST_AUTO_TEST_CASE(takes_the_second_password) {
    Recipe recipe{{pair.key}, {pair.certificate}};
    recipe.key = "another";
    const auto second = secret("another");
    isolated::Options options;
    options.key_passphrase = &second;
    BOOST_TEST(outcome(isolated::open(build(recipe), secret("1234"), options)) == "ok");
    BOOST_TEST(outcome(isolated::open(build(recipe), secret("1234"))) == "key_password_differs");
}

BOOST_AUTO_TEST_CASE(tells_how_far_it_is) {
    unsigned derivations = 0;
    isolated::Options options;
    options.progress = [&](const Progress& progress) { derivations = progress.derivations; };
    BOOST_TEST(outcome(isolated::open(file, secret("1234"), options)) == "ok");
    BOOST_TEST(derivations == 3U);
}

BOOST_AUTO_TEST_CASE(ends_in_the_middle_of_a_derivation_when_it_is_told_to) {
    const auto slow = export_with_openssl(folder, pair, "1234", {"-iter", "4900000", "-nomaciter"});
    std::stop_source source;
    isolated::Options options;
    options.stop = source.get_token();
    options.progress = [&](const Progress& progress) {
        if (progress.derivations == 2) source.request_stop(); // the one that takes seconds begins
    };
    BOOST_TEST(outcome(isolated::open(slow, secret("1234"), options)) == "cancelled");
    BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(is_given_no_more_time_than_was_granted) {
    BOOST_TEST(with_reader("stuck", std::chrono::milliseconds(200)) == "reader_timed_out ");
    BOOST_TEST(with_reader("falls-silent", std::chrono::milliseconds(200)) == "reader_timed_out ");
}

BOOST_AUTO_TEST_CASE(may_crash_without_harm_and_its_signal_is_named) {
    BOOST_TEST(with_reader("crashes").starts_with("reader_crashed "));
    BOOST_TEST(with_reader("leaves") == "reader_crashed none");
}

BOOST_AUTO_TEST_CASE(is_not_believed) {
    BOOST_TEST(with_reader("lies-about-size") == "reader_crashed nonsense");
    BOOST_TEST(with_reader("talks-nonsense") == "reader_crashed nonsense");
    BOOST_TEST(with_reader("of-another-kind") == "reader_crashed nonsense");
}

BOOST_AUTO_TEST_CASE(is_missed_if_it_cannot_be_started_or_confined) {
    isolated::Options options;
    options.program = folder / "nothing";
    BOOST_TEST(outcome(isolated::sniff(file, options)) == "reader_unavailable");
    BOOST_TEST(with_reader("not-confined") == "reader_unavailable not confined");
}

BOOST_DATA_TEST_CASE(dies_when_it,
                     boost::unit_test::data::make({"connects", "forks", "executes", "traces", "kills",
                                                   "links", "runs-data", "writes-elsewhere"}),
                     attack) {
#if defined(__SANITIZE_ADDRESS__) // which writes into pipes of its own
    if (std::string_view(attack) == "writes-elsewhere") return;
#endif
    BOOST_TEST(with_reader(attack) == "reader_crashed SIGSYS");
}

BOOST_AUTO_TEST_CASE(cannot_open_or_create_a_file) {
    BOOST_TEST(with_reader("opens") == "reader_crashed none");
    BOOST_TEST(with_reader("creates") == "reader_crashed none");
    BOOST_TEST(!fs::exists("/tmp/acredita-created"));
}

BOOST_AUTO_TEST_CASE(leaves_no_process_behind) {
    (void)isolated::open(file, secret("1234"));
    (void)isolated::open(file, secret("4321"));
    BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(serves_an_ordinary_user) {
    if (getuid() != 0) return; // then every other case showed it
    fs::permissions(folder / ".", fs::perms::all);
    if (in_a_child([] { return setuid(65534) == 0 && access(ACREDITA_READER, X_OK) == 0 ? 0 : 1; }) != 0) {
        std::cout << "SKIPPED: an ordinary user may not start " << ACREDITA_READER << "\n";
        return;
    }
    const auto password = secret("1234");
    BOOST_TEST(in_a_child([&] {
                   if (setgid(65534) != 0 || setuid(65534) != 0) return 2;
                   return isolated::open(file, Secret(as_bytes("1234"))) ? 0 : 1;
               }) == 0);
}

BOOST_AUTO_TEST_CASE(works_in_a_chroot_with_nothing_but_its_libraries) {
    if (getuid() != 0) {
        std::cout << "SKIPPED: only root may change its root\n";
        return;
    }
    const auto root = folder / "root";
    fs::create_directory(root);
    const auto list = folder.write("copy.sh", as_bytes(std::string(R"sh(set -e
for f in $(ldd "$1" | grep -o '/[^ ]*') /usr/lib/*/ossl-modules/legacy.so "$1"; do
    mkdir -p "$2$(dirname "$f")"
    cp -L "$f" "$2$f"
done
)sh")));
    BOOST_REQUIRE(run({"sh", list, ACREDITA_READER, root}));
    BOOST_TEST(in_a_child([&] {
                   if (chroot(root.c_str()) != 0 || chdir("/") != 0) return 2;
                   isolated::Options options;
                   options.program = ACREDITA_READER;
                   return isolated::open(file, Secret(as_bytes("1234")), options) ? 0 : 1;
               }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
