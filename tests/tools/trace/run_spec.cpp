// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/trace/trace.hpp"

#include <csignal>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using trace::trace_errc;

namespace {

// A folder of its own for each case, gone afterwards.
struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "acredita-trace-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::filesystem::path file() const { return path / "transcript"; }
};

const std::filesystem::path library = ACREDITA_TRACE_LIBRARY;

} // namespace

BOOST_FIXTURE_TEST_SUITE(trace_run, Folder)

BOOST_AUTO_TEST_CASE(the_exit_code_is_the_programs) {
    BOOST_TEST(trace::run(file(), {"true"}, library).value() == 0);
    BOOST_TEST(trace::run(file(), {"sh", "-c", "exit 7"}, library).value() == 7);
    BOOST_TEST(trace::run(file(), {"sh", "-c", "kill -TERM $$"}, library).value() == 128 + SIGTERM);
}

BOOST_AUTO_TEST_CASE(the_program_has_the_library_and_the_name_of_the_file) {
    const auto script =
        "test \"$ACREDITA_TRACE\" = '" + file().string() + "' && grep -q libacredita-trace /proc/$$/maps";
    BOOST_TEST(trace::run(file(), {"sh", "-c", script}, library).value() == 0);
}

BOOST_AUTO_TEST_CASE(the_file_is_new_and_for_its_owner_only) {
    std::ofstream(file()) << "old";
    BOOST_TEST(trace::run(file(), {"true"}, library).value() == 0);
    BOOST_TEST(std::filesystem::file_size(file()) == 0U);
    std::filesystem::remove(file());
    BOOST_TEST(trace::run(file(), {"true"}, library).value() == 0);
    struct stat status {};
    BOOST_REQUIRE(stat(file().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed) {
    std::ofstream(path / "precious") << "old";
    std::filesystem::create_symlink(path / "precious", file());
    const auto outcome = trace::run(file(), {"true"}, library);
    BOOST_REQUIRE(!outcome);
    BOOST_CHECK(is(outcome.error(), trace_errc::file_unusable));
    BOOST_TEST(std::filesystem::file_size(path / "precious") == 3U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_is_told_apart) {
    BOOST_CHECK(is(trace::run(file(), {"no-such-program-here"}, library).error(), trace_errc::not_started));
    BOOST_CHECK(is(trace::run(file(), {}, library).error(), trace_errc::not_started));
    BOOST_CHECK(is(trace::run(file(), {"true"}, path / "missing.so").error(), trace_errc::no_library));
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_in_threads_and_exit_handlers_ends_as_without_us) {
    const auto outcome = trace::run(
        file(), {"sh", "-c", "for i in 1 2 3 4 5 6 7 8; do (exec ls / >/dev/null) & done; wait"}, library);
    BOOST_TEST(outcome.value() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
