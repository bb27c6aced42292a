// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files are opened and read as if each of them were made to do harm.
#include "tests/tools/stick/stick_folder.hpp"
#include "tools/p12/file.hpp"
#include "tools/stick/opening.hpp"

#include <cerrno>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace {

using namespace acredita;
using stick::stick_errc;
using stick::Wanted;
namespace fs = std::filesystem;

struct Stick {
    Stick() { fs::create_directories(top / "folder"); }
    Stick(const Stick&) = delete;
    Stick& operator=(const Stick&) = delete;
    ~Stick() { fs::remove_all(top); }
    stick_errc refused(const std::string& path) const {
        return static_cast<stick_errc>(test::opened(top).read(test::at(path)).error().code.value());
    }
    fs::path top = test::scratch_directory() / "stick";
};

using Opener = stick::Descriptor (*)(int, const std::string&, Wanted) noexcept;
struct Way {
    const char* name;
    Opener open;
    friend std::ostream& operator<<(std::ostream& out, const Way& way) { return out << way.name; }
};
const std::vector<Way> both{{"openat2", stick::open_beneath}, {"steps", stick::open_by_steps}};

} // namespace

BOOST_FIXTURE_TEST_SUITE(reading_from_a_stick, Stick)

BOOST_AUTO_TEST_CASE(takes_as_much_as_a_backup_may_have_and_no_more) {
    static_assert(stick::largest_file == p12::largest_file);
    test::put(top / "most.p12", "");
    fs::resize_file(top / "most.p12", stick::largest_file);
    BOOST_TEST(test::opened(top).read(test::at("most.p12")).value().size() == stick::largest_file);
    fs::resize_file(top / "most.p12", stick::largest_file + 1);
    BOOST_TEST((refused("most.p12") == stick_errc::too_large));
}

BOOST_AUTO_TEST_CASE(does_not_begin_with_a_file_that_says_it_has_terabytes) {
    test::put(top / "huge.p12", "");
    fs::resize_file(top / "huge.p12", std::uintmax_t{1} << 42); // sparse
    BOOST_TEST((refused("huge.p12") == stick_errc::too_large));
}

BOOST_AUTO_TEST_CASE(reads_an_empty_file) {
    test::put(top / "empty.p12", "");
    BOOST_TEST(test::opened(top).read(test::at("empty.p12")).value().empty());
}

BOOST_AUTO_TEST_CASE(notices_a_file_that_grows_meanwhile) {
    test::put(top / "grows.p12", "1234");
    // Asked after the last byte: the moment for it to grow.
    const auto mounted = test::opened(top, [&] {
        std::ofstream(top / "grows.p12", std::ios::app) << "5";
        return true;
    });
    BOOST_TEST(is(mounted.read(test::at("grows.p12")).error(), stick_errc::changed_while_read));
}

BOOST_AUTO_TEST_CASE(notices_that_the_stick_left_meanwhile) {
    test::put(top / "copia.p12", "1234");
    const auto mounted = test::opened(top, [] { return false; });
    BOOST_TEST(is(mounted.read(test::at("copia.p12")).error(), stick_errc::pulled));
    BOOST_TEST(is(mounted.read(test::at("not there.p12")).error(), stick_errc::pulled));
}

BOOST_AUTO_TEST_CASE(says_that_a_file_is_gone) { BOOST_TEST((refused("x.p12") == stick_errc::file_gone)); }

BOOST_AUTO_TEST_CASE(ends_when_it_is_told_to) {
    test::put(top / "copia.p12", "1234");
    std::stop_source stop;
    stop.request_stop();
    BOOST_TEST(
        is(test::opened(top).read(test::at("copia.p12"), stop.get_token()).error(), stick_errc::cancelled));
}

BOOST_AUTO_TEST_CASE(opens_no_link_no_pipe_no_folder_and_no_socket) {
    fs::create_symlink("/etc/passwd", top / "link.p12");
    fs::create_symlink("folder", top / "inner");
    test::put(top / "folder" / "x.p12", "x");
    BOOST_REQUIRE(::mkfifo((top / "pipe.p12").c_str(), 0600) == 0);
    for (const char* path : {"link.p12", "inner/x.p12", "pipe.p12", "folder"})
        BOOST_TEST((refused(path) == stick_errc::not_a_file), path);
}

BOOST_AUTO_TEST_CASE(opens_no_device) {
    if (::mknod((top / "device.p12").c_str(), S_IFCHR | 0600, makedev(1, 5)) != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: this user may not make a device");
        return;
    }
    BOOST_TEST((refused("device.p12") == stick_errc::not_a_file));
}

BOOST_DATA_TEST_CASE(never_climbs_out_of_the_stick, boost::unit_test::data::make(both), way) {
    const auto mounted = test::opened(top);
    for (const char* path : {"..", "../stick/folder", "folder/../..", "/", "/etc", "folder/../../../etc"}) {
        const auto opened = way.open(mounted.root(), path, Wanted::folder);
        BOOST_TEST(!opened, path);
    }
}

BOOST_DATA_TEST_CASE(enters_no_other_file_system, boost::unit_test::data::make(both), way) {
    // /proc lies on another mount everywhere.
    const stick::Descriptor root(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    BOOST_TEST(!way.open(root.number(), "proc", Wanted::folder));
    BOOST_TEST(errno == EXDEV);
    BOOST_TEST(!way.open(root.number(), "proc/version", Wanted::file));
}

BOOST_DATA_TEST_CASE(opens_a_file_in_a_folder, boost::unit_test::data::make(both), way) {
    test::put(top / "folder" / "x.p12", "x");
    const auto mounted = test::opened(top);
    BOOST_TEST(static_cast<bool>(way.open(mounted.root(), "folder/x.p12", Wanted::file)));
    BOOST_TEST(static_cast<bool>(way.open(mounted.root(), "folder", Wanted::folder)));
    BOOST_TEST(static_cast<bool>(way.open(mounted.root(), "", Wanted::folder)));
    BOOST_TEST(!way.open(mounted.root(), "folder", Wanted::file));
    BOOST_TEST(!way.open(mounted.root(), "folder/x.p12", Wanted::folder));
}

BOOST_DATA_TEST_CASE(refuses_links_at_every_place_of_a_path, boost::unit_test::data::make(both), way) {
    test::put(top / "folder" / "x.p12", "x");
    fs::create_directory_symlink("folder", top / "inner");
    fs::create_symlink("x.p12", top / "folder" / "last.p12");
    const auto mounted = test::opened(top);
    BOOST_TEST(!way.open(mounted.root(), "inner/x.p12", Wanted::file));
    BOOST_TEST(!way.open(mounted.root(), "inner", Wanted::folder));
    BOOST_TEST(!way.open(mounted.root(), "folder/last.p12", Wanted::file));
    BOOST_TEST(errno == ELOOP);
}

BOOST_AUTO_TEST_SUITE_END()
