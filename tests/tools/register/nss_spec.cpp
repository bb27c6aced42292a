// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The NSS databases of a person, with NSS's own tools and the module as it was built.
#include "tests/tools/register/desk.hpp"
#include "tools/register/file.hpp"
#include "tools/register/nss_place.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <sys/wait.h>

using namespace acredita;
using namespace acredita::registration;

namespace {

constexpr const char* folder = "/home/ana/.pki/nssdb";
constexpr const char* list = "/home/ana/.pki/nssdb/pkcs11.txt";
const std::string internal = "library=\nname=NSS Internal PKCS #11 Module\n\n";

std::string modutil_lists(const Desk& desk, const fs::path& database) {
    const auto out = desk.root / "modutil.txt";
    const auto command =
        "modutil -dbdir sql:" + desk.at(database).string() + " -list >" + out.string() + " 2>&1 </dev/null";
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    return desk.read("/modutil.txt");
}

std::size_t occurrences(const std::string& text, const std::string& of) {
    std::size_t count = 0;
    for (auto at = text.find(of); at != std::string::npos; at = text.find(of, at + 1)) ++count;
    return count;
}

void registers(const Place& place) {
    const auto change = register_here(place, false);
    BOOST_REQUIRE_MESSAGE(change, (change ? "" : describe(change.error())));
    BOOST_TEST((*place.look() == State::present));
}

Places database(const Desk& desk) { return nss_database(desk.person(), built); }

// A Firefox home with one profile, which certutil makes as Firefox would.
Places profile(const Desk& desk, bool covered = false) {
    desk.write(
        "/home/ana/.mozilla/firefox/profiles.ini",
        "[Install4F96D1932A9F858E]\nDefault=abc.default\n\n[Profile0]\nName=default\nIsRelative=1\n"
        "Path=abc.default\n\n[Profile1]\nName=gone\nIsRelative=1\nPath=gone\n\n[General]\nVersion=2\n");
    const auto where = desk.at("/home/ana/.mozilla/firefox/abc.default");
    if (!fs::exists(where)) {
        fs::create_directories(where);
        BOOST_REQUIRE(std::system(("certutil -N --empty-password -d sql:" + where.string()).c_str()) == 0);
    }
    return firefox_profiles(desk.person(), built, covered);
}
constexpr const char* profile_list = "/home/ana/.mozilla/firefox/abc.default/pkcs11.txt";

// Holds a profile's lock as a running Firefox does, in a process of its own (a lock never conflicts with its
// own process).
class RunningFirefox {
public:
    explicit RunningFirefox(const fs::path& lock) {
        int ready[2];
        int end[2];
        BOOST_REQUIRE((::pipe(ready) == 0 && ::pipe(end) == 0));
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(end[1]);
            const int file = ::open(lock.c_str(), O_RDWR | O_CREAT, 0644);
            struct flock whole = {};
            whole.l_type = F_WRLCK;
            char byte = ::fcntl(file, F_SETLK, &whole) == 0 ? 'y' : 'n';
            if (::write(ready[1], &byte, 1) == 1) byte = static_cast<char>(::read(end[0], &byte, 1));
            ::_exit(0);
        }
        ::close(end[0]);
        end_ = end[1];
        char byte = 0;
        BOOST_REQUIRE(::read(ready[0], &byte, 1) == 1);
        BOOST_REQUIRE(byte == 'y');
        ::close(ready[0]);
        ::close(ready[1]);
    }
    ~RunningFirefox() {
        ::close(end_);
        ::waitpid(pid_, nullptr, 0);
    }

private:
    pid_t pid_ = -1;
    int end_ = -1;
};

} // namespace

BOOST_AUTO_TEST_SUITE(the_database_that_chromium_reads)

BOOST_AUTO_TEST_CASE(is_made_without_asking_for_a_password_and_has_the_module_once) {
    const Desk desk;
    registers(*database(desk).front());
    const auto listed = modutil_lists(desk, folder);
    BOOST_TEST(occurrences(listed, "library name: " + built.module.string()) == 1U, listed);
    BOOST_TEST(listed.find("status: loaded") != std::string::npos);
    BOOST_TEST((fs::status(desk.at(folder)).permissions() == fs::perms(0700)));
}

BOOST_AUTO_TEST_CASE(is_not_touched_by_a_second_run) {
    const Desk desk;
    registers(*database(desk).front());
    const auto before = desk.read(list);
    const auto time = fs::last_write_time(desk.at(list));
    BOOST_TEST(!register_here(*database(desk).front(), false)->changed);
    BOOST_TEST(desk.read(list) == before);
    BOOST_TEST((fs::last_write_time(desk.at(list)) == time));
}

BOOST_AUTO_TEST_CASE(is_as_before_once_the_module_is_taken_out) {
    const Desk desk;
    const auto place = std::move(database(desk).front());
    registers(*place);
    BOOST_TEST(unregister_here(*place, false)->changed);
    BOOST_TEST((*place->look() == State::absent));
    BOOST_TEST(modutil_lists(desk, folder).find("Acredita") == std::string::npos);
    BOOST_TEST(!unregister_here(*place, false)->changed);
}

BOOST_AUTO_TEST_CASE(that_is_not_there_is_not_made_by_unregistering_or_a_trial) {
    const Desk desk;
    const auto place = std::move(database(desk).front());
    BOOST_TEST(!unregister_here(*place, false)->changed);
    BOOST_TEST(register_here(*place, true)->changed);
    BOOST_TEST(!fs::exists(desk.at("/home/ana/.pki")));
}

BOOST_AUTO_TEST_CASE(with_the_module_of_an_older_version_under_two_names_ends_with_one) {
    const Desk desk;
    const auto place = std::move(database(desk).front());
    registers(*place);
    desk.write(list, internal + "library=/opt/old/libacredita-pkcs11.so\nname=Acredita\n\n" +
                         "library=/opt/older/libacredita-pkcs11.so\nname=Tarjetas\n\n");
    BOOST_TEST(faults_of(*place) == "register.stale register.twice register.stale");
    registers(*place);
    const auto listed = modutil_lists(desk, folder);
    BOOST_TEST(occurrences(listed, "libacredita-pkcs11.so") == 1U, listed);
    BOOST_TEST(faults_of(*place).empty());
}

BOOST_AUTO_TEST_CASE(with_opensc_is_a_finding_and_loses_it_when_told_to) {
    const Desk desk;
    const auto place = std::move(database(desk).front());
    registers(*place);
    desk.write(list, desk.read(list) +
                         "library=/usr/lib/x86_64-linux-gnu/onepin-opensc-pkcs11.so\nname=OpenSC "
                         "smartcard framework (0.23)\n\n");
    BOOST_TEST(faults_of(*place) == "register.other_module");
    BOOST_REQUIRE(place->remove_others());
    BOOST_TEST(faults_of(*place).empty());
    BOOST_TEST((*place->look() == State::present));
    BOOST_TEST(modutil_lists(desk, folder).find("OpenSC") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_holds_no_list_of_modules_is_refused) {
    const Desk desk;
    for (const std::string& text : {std::string("garbage\n"), std::string("library=\0\n", 10)}) {
        desk.write(list, text);
        require_error(register_here(*database(desk).front(), false), register_errc::damaged);
        BOOST_TEST(desk.read(list) == text);
    }
}

BOOST_AUTO_TEST_CASE(that_is_a_link_to_nowhere_is_refused_with_nothing_made) {
    const Desk desk;
    fs::create_directories(desk.at("/home/ana/.pki"));
    fs::create_symlink("/home/ana/elsewhere", desk.at(folder));
    require_error(register_here(*database(desk).front(), false), register_errc::link_in_path);
    BOOST_TEST(!fs::exists(desk.at("/home/ana/elsewhere")));
}

BOOST_AUTO_TEST_CASE(that_somebody_else_owns_is_refused) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can give a folder away");
        return;
    }
    const Desk desk;
    registers(*database(desk).front());
    BOOST_REQUIRE(::chown(desk.at(folder).c_str(), 65534, 65534) == 0);
    require_error(register_here(*database(desk).front(), false), register_errc::foreign_owner);
    BOOST_TEST(faults_of(*database(desk).front()) == "register.foreign_owner");
}

BOOST_AUTO_TEST_CASE(of_another_person_is_never_written_as_root) {
    const Desk desk;
    Site another = desk.person();
    another.owner = ::geteuid() + 1;
    if (::geteuid() == 0)
        require_error(register_here(*nss_database(another, built).front(), false),
                      register_errc::foreign_owner);
    BOOST_TEST(!fs::exists(desk.at("/home/ana/.pki")));
}

BOOST_AUTO_TEST_CASE(does_not_take_a_module_that_cannot_be_loaded) {
    const Desk desk;
    desk.write("/opt/libacredita-pkcs11.so", "not a library");
    const What broken{desk.at("/opt/libacredita-pkcs11.so"), {}};
    const auto place = std::move(nss_database(desk.person(), broken).front());
    require_error(register_here(*place, false), register_errc::tool_failed);
    BOOST_TEST((*place->look() == State::absent));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_profile_of_firefox)

BOOST_AUTO_TEST_CASE(is_found_through_profiles_ini_and_gets_the_module) {
    const Desk desk;
    const auto places = profile(desk);
    BOOST_REQUIRE(places.size() == 1U);
    BOOST_TEST(places.front()->file() == profile_list);
    registers(*places.front());
    BOOST_TEST(desk.read(profile_list).find("name=Acredita") != std::string::npos);
    BOOST_TEST(!fs::exists(desk.at("/home/ana/.mozilla/firefox/gone")));
}

BOOST_AUTO_TEST_CASE(is_left_alone_where_a_policy_brings_the_module) {
    const Desk desk;
    const auto places = profile(desk, true);
    BOOST_TEST((*places.front()->look() == State::covered));
    BOOST_TEST(!register_here(*places.front(), false)->changed);
    BOOST_TEST(!unregister_here(*places.front(), false)->changed);
    BOOST_TEST(faults_of(*places.front()).empty());
}

BOOST_AUTO_TEST_CASE(that_remembers_an_older_path_is_mended_even_with_a_policy) {
    const Desk desk;
    auto places = profile(desk);
    registers(*places.front());
    desk.write(profile_list, internal + "library=/opt/old/libacredita-pkcs11.so\nname=Acredita\n\n");
    places = profile(desk, true);
    BOOST_TEST(faults_of(*places.front()) == "register.stale");
    registers(*places.front());
}

BOOST_AUTO_TEST_CASE(in_use_by_firefox_is_not_changed) {
    const Desk desk;
    const auto places = profile(desk);
    const auto before = desk.read(profile_list);
    {
        const RunningFirefox firefox(desk.at("/home/ana/.mozilla/firefox/abc.default/.parentlock"));
        require_error(register_here(*places.front(), false), register_errc::browser_open);
        BOOST_TEST(desk.read(profile_list) == before);
    }
    registers(*places.front());
}

BOOST_AUTO_TEST_SUITE_END()
