// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files of other programs: nobody leads us elsewhere, nothing is half-written, owner and mode stay.
#include "tests/tools/register/desk.hpp"
#include "tools/register/file.hpp"

#include <sys/stat.h>
#include <sys/wait.h>

using namespace acredita;
using namespace acredita::registration;

namespace {

constexpr const char* file = "/etc/firefox/policies/policies.json";

struct stat status_of(const fs::path& path) {
    struct stat status = {};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    return status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_file_of_another_program)

BOOST_AUTO_TEST_CASE(keeps_its_mode_and_owner_when_replaced) {
    const Desk desk;
    desk.write(file, "before");
    fs::permissions(desk.at(file), fs::perms(0640));
    if (::geteuid() == 0) BOOST_REQUIRE(::chown(desk.at(file).c_str(), 0, 12345) == 0);
    BOOST_REQUIRE(replace_file(desk.machine(), file, "after"));
    const auto status = status_of(desk.at(file));
    BOOST_TEST(desk.read(file) == "after");
    BOOST_TEST((status.st_mode & 0777U) == 0640U);
    if (::geteuid() == 0) BOOST_TEST(status.st_gid == 12345U);
}

BOOST_AUTO_TEST_CASE(of_a_hundred_megabytes_is_not_read) {
    const Desk desk;
    desk.write(file, "{}");
    fs::resize_file(desk.at(file), 100U << 20);
    require_error(read_file(desk.machine(), file), register_errc::too_large);
    require_error(replace_file(desk.machine(), file, "{}"), register_errc::too_large);
    BOOST_TEST(fs::file_size(desk.at(file)) == 100U << 20);
}

BOOST_AUTO_TEST_CASE(that_is_a_link_is_neither_read_nor_replaced) {
    const Desk desk;
    desk.write("/home/ana/target", "hers");
    fs::create_directories(desk.at(file).parent_path());
    fs::create_symlink(desk.at("/home/ana/target"), desk.at(file));
    require_error(read_file(desk.machine(), file), register_errc::link_in_path);
    require_error(replace_file(desk.machine(), file, "x"), register_errc::link_in_path);
    BOOST_TEST(desk.read("/home/ana/target") == "hers");
}

BOOST_AUTO_TEST_CASE(that_is_a_pipe_or_a_folder_does_not_hold_us) {
    const Desk desk;
    fs::create_directories(desk.at(file).parent_path());
    BOOST_REQUIRE(::mkfifo(desk.at(file).c_str(), 0644) == 0);
    require_error(read_file(desk.machine(), file), register_errc::not_a_file);
    fs::remove(desk.at(file));
    fs::create_directories(desk.at(file));
    require_error(read_file(desk.machine(), file), register_errc::not_a_file);
}

BOOST_AUTO_TEST_CASE(that_others_may_change_is_refused_and_so_is_one_in_such_a_folder) {
    const Desk desk;
    desk.write(file, "{}");
    fs::permissions(desk.at(file), fs::perms(0666));
    require_error(read_file(desk.machine(), file), register_errc::writable_by_others);
    fs::permissions(desk.at(file), fs::perms(0644));
    fs::permissions(desk.at("/etc/firefox"), fs::perms(0777));
    require_error(read_file(desk.machine(), file), register_errc::writable_by_others);
}

BOOST_AUTO_TEST_CASE(below_a_folder_like_tmp_is_as_safe_as_elsewhere) {
    const Desk desk;
    desk.write(file, "{}");
    fs::permissions(desk.at("/etc/firefox"), fs::perms(01777));
    BOOST_TEST(read_file(desk.machine(), file).has_value());
}

BOOST_AUTO_TEST_CASE(of_somebody_else_is_refused) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can give a file away");
        return;
    }
    const Desk desk;
    desk.write(file, "{}");
    BOOST_REQUIRE(::chown(desk.at(file).c_str(), 65534, 65534) == 0);
    require_error(replace_file(desk.machine(), file, "x"), register_errc::foreign_owner);
    BOOST_REQUIRE(::chown(desk.at(file).c_str(), 0, 0) == 0);
    BOOST_REQUIRE(::chown(desk.at("/etc/firefox").c_str(), 65534, 65534) == 0);
    require_error(replace_file(desk.machine(), file, "x"), register_errc::foreign_owner);
    BOOST_TEST(desk.read(file) == "{}");
}

BOOST_AUTO_TEST_CASE(behind_a_link_of_somebody_else_is_refused) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can give a link away");
        return;
    }
    const Desk desk;
    desk.write("/srv/policies/policies.json", "{}");
    fs::create_directories(desk.at("/etc/firefox"));
    fs::create_symlink("/srv/policies", desk.at("/etc/firefox/policies"));
    BOOST_REQUIRE(read_file(desk.machine(), file));
    BOOST_REQUIRE(::lchown(desk.at("/etc/firefox/policies").c_str(), 65534, 65534) == 0);
    require_error(read_file(desk.machine(), file), register_errc::link_in_path);
}

BOOST_AUTO_TEST_CASE(behind_links_that_lead_nowhere_or_round_in_circles_is_refused) {
    const Desk desk;
    fs::create_directories(desk.at("/etc/firefox"));
    fs::create_symlink("/nowhere", desk.at("/etc/firefox/policies"));
    require_error(read_file(desk.machine(), file), register_errc::link_in_path);
    require_error(replace_file(desk.machine(), file, "x"), register_errc::link_in_path);
    BOOST_TEST(!fs::exists(desk.at("/nowhere")));
    fs::remove(desk.at("/etc/firefox/policies"));
    fs::create_symlink("policies", desk.at("/etc/firefox/policies"));
    require_error(read_file(desk.machine(), file), register_errc::link_in_path);
}

BOOST_AUTO_TEST_CASE(is_never_looked_for_above_the_root) {
    const Desk desk;
    fs::create_directories(desk.at("/etc/firefox"));
    fs::create_symlink("../../../../../../../../etc", desk.at("/etc/firefox/policies"));
    desk.write("/etc/policies.json", "within");
    const auto text = read_file(desk.machine(), file);
    BOOST_REQUIRE(text);
    BOOST_TEST(text->value_or("") == "within");
}

BOOST_AUTO_TEST_CASE(leaves_nothing_half_written_beside_it) {
    const Desk desk;
    desk.write(file, "before");
    // Of a run that was killed before the last step and had our number.
    desk.write("/etc/firefox/policies/.policies.json." + std::to_string(::getpid()) + ".acredita-new",
               "half");
    BOOST_REQUIRE(replace_file(desk.machine(), file, "after"));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& one : fs::directory_iterator(desk.at(file).parent_path())) ++files;
    BOOST_TEST(files == 1U);
}

BOOST_AUTO_TEST_CASE(is_whole_at_every_moment_while_two_write_it_at_once) {
    const Desk desk;
    const std::string texts[] = {std::string(200'000, 'a'), std::string(300'000, 'b')};
    desk.write(file, texts[0]);
    std::vector<pid_t> writers;
    for (const auto& text : texts) {
        writers.push_back(::fork());
        if (writers.back() != 0) continue;
        bool good = true;
        for (int i = 0; i < 40 && good; ++i) good = replace_file(desk.machine(), file, text).has_value();
        ::_exit(good ? 0 : 1);
    }
    for (int i = 0; i < 100; ++i) {
        const auto seen = read_file(desk.machine(), file);
        BOOST_REQUIRE((seen && *seen));
        BOOST_TEST((**seen == texts[0] || **seen == texts[1]));
    }
    for (const auto writer : writers) {
        int status = -1;
        ::waitpid(writer, &status, 0);
        BOOST_TEST(status == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
