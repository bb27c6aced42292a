// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The medic of the browsers: what it finds, and what it repairs.
#include "tests/tools/register/desk.hpp"
#include "tools/register/browser.hpp"
#include "tools/register/file.hpp"
#include "tools/register/inspect.hpp"
#include "tools/register/opensc_start.hpp"
#include "tools/register/snippets.hpp"

#include <algorithm>
#include <ctime>

using namespace acredita;
using namespace acredita::registration;

namespace {

// A module that exists below a root of its own; no program loads it here.
struct Office : Desk {
    Office() {
        write("/usr/sbin/pcscd", "");
        write("/opt/libacredita-pkcs11.so", "");
        fs::create_directories(at("/usr/lib/firefox-esr"));
    }
    [[nodiscard]] What what() const { return {at("/opt/libacredita-pkcs11.so"), "/usr/bin/acredita"}; }
    void register_machine() const {
        for (const auto& place : places_of(machine(), what())) BOOST_REQUIRE(register_here(*place, false));
    }
    // The person's database, as modutil leaves it.
    void register_person() const {
        write("/home/ana/.pki/nssdb/pkcs11.txt",
              "library=\nname=NSS\n\nlibrary=" + what().module.string() + "\nname=Acredita\n\n");
    }
};

std::string names(const std::vector<Finding>& findings) {
    std::string all;
    for (const auto& one : findings) all += (all.empty() ? "" : " ") + error_name(one.fault.code);
    return all;
}
std::string names(const std::vector<Error>& errors) {
    std::string all;
    for (const auto& one : errors) all += (all.empty() ? "" : " ") + error_name(one.code) + "=" + one.detail;
    return all;
}

// A process as /proc shows it: a browser that was started `seconds` after the machine.
void process(const Desk& desk, int pid, const std::string& name, int parent, long seconds,
             const std::string& maps = "") {
    const auto folder = "/proc/" + std::to_string(pid);
    desk.write(folder + "/comm", name + "\n");
    desk.write(folder + "/maps", maps);
    std::string stat = std::to_string(pid) + " (" + name + ") x) S " + std::to_string(parent);
    for (int field = 5; field < 22; ++field) stat += " 0";
    desk.write(folder + "/stat", stat + " " + std::to_string(seconds * ::sysconf(_SC_CLK_TCK)) + " 0\n");
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_medic)

BOOST_AUTO_TEST_CASE(has_nothing_to_say_about_an_office_in_order) {
    const Office office;
    office.register_machine();
    office.register_person();
    BOOST_TEST(names(inspect(office.machine(), office.what())).empty());
    BOOST_TEST(names(inspect(office.person(), office.what())).empty());
}

BOOST_AUTO_TEST_CASE(finds_each_place_without_the_module_and_repairs_it) {
    const Office office;
    BOOST_TEST(names(inspect(office.machine(), office.what())) ==
               "register.not_registered register.not_registered register.not_registered");
    const auto report = repair(office.machine(), office.what(), false);
    BOOST_TEST(names(report.findings).empty());
    BOOST_TEST(report.failed.empty());
}

BOOST_AUTO_TEST_CASE(does_not_miss_firefox_policies_where_there_is_no_firefox) {
    const Office office;
    fs::remove(office.at("/usr/lib/firefox-esr"));
    for (const auto& finding : inspect(office.machine(), office.what()))
        BOOST_TEST(finding.fault.detail.find("firefox") == std::string::npos, finding.fault.detail);
}

BOOST_AUTO_TEST_CASE(says_that_the_card_service_is_missing) {
    const Office office;
    office.register_machine();
    fs::remove(office.at("/usr/sbin/pcscd"));
    BOOST_TEST(names(inspect(office.machine(), office.what())) == "register.service_missing");
}

BOOST_AUTO_TEST_CASE(says_that_the_policies_are_damaged_and_repairs_them_not) {
    const Office office;
    office.register_machine();
    constexpr const char* file = "/etc/firefox/policies/policies.json";
    office.write(file, "{\"policies\": ");
    const auto report = repair(office.machine(), office.what(), true);
    BOOST_TEST(names(report.findings) == "register.damaged");
    BOOST_TEST((report.findings.front().repair == Repair::by_hand));
    BOOST_TEST(office.read(file) == "{\"policies\": ");
}

BOOST_AUTO_TEST_CASE(leaves_opensc_in_place_unless_told_to_take_it_out) {
    const Office office;
    office.register_machine();
    constexpr const char* file = "/etc/firefox/policies/policies.json";
    office.write(file, R"({"policies":{"SecurityDevices":{"Add":{"OpenSC":"/usr/lib/opensc-pkcs11.so",)"
                       R"("Acredita":")" +
                           office.what().module.string() + R"("}}}})");
    office.write("/usr/share/p11-kit/modules/opensc-pkcs11.module", "module: opensc-pkcs11.so\n");
    const auto before = office.read(file);
    auto report = repair(office.machine(), office.what(), false);
    BOOST_TEST(names(report.findings) == "register.other_module register.other_module");
    BOOST_TEST((report.findings.front().repair == Repair::on_request));
    BOOST_TEST(office.read(file) == before);
    report = repair(office.machine(), office.what(), true);
    BOOST_TEST(names(report.findings).empty());
}

BOOST_AUTO_TEST_CASE(stops_opensc_from_coming_back_at_the_next_login) {
    const Office office;
    office.register_machine();
    office.register_person();
    office.write("/etc/xdg/autostart/pkcs11-register.desktop",
                 "[Desktop Entry]\nExec=/usr/bin/pkcs11-register\n");
    BOOST_TEST(names(inspect(office.person(), office.what())) == "register.other_autostart");
    BOOST_TEST(names(repair(office.person(), office.what(), true).findings).empty());
    BOOST_TEST(names(inspect(office.machine(), office.what())) == "register.other_autostart");
}

BOOST_AUTO_TEST_CASE(repairs_nothing_with_a_module_that_programs_cannot_load) {
    const Office office;
    const What spaced{office.at("/opt/mis tarjetas/libacredita-pkcs11.so"), {}};
    const auto report = repair(office.machine(), spaced, true);
    BOOST_TEST(names(report.findings).starts_with("register.module_with_space"));
    BOOST_TEST(!fs::exists(office.at("/etc")));
}

BOOST_AUTO_TEST_CASE(tells_the_machines_faults_to_a_person_who_cannot_repair_them) {
    const Office office;
    office.register_machine();
    office.register_person();
    office.write("/etc/pkcs11/modules/acredita.module", "module: /old/libacredita-pkcs11.so\n");
    const auto findings = inspect(office.person(), office.what());
    BOOST_TEST(names(findings).find("register.stale") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(browsers_in_a_box_of_their_own)

BOOST_AUTO_TEST_CASE(are_found_where_snap_and_flatpak_put_them) {
    const Desk desk;
    fs::create_directories(desk.at("/snap/bin"));
    fs::create_symlink("/usr/bin/snap", desk.at("/snap/bin/firefox"));
    fs::create_directories(desk.at("/var/lib/flatpak/app/org.chromium.Chromium"));
    fs::create_directories(desk.at("/home/ana/.local/share/flatpak/app/com.google.Chrome"));
    BOOST_TEST(names(boxed_browsers(desk.machine())) ==
               "register.snap=/snap/bin/firefox register.flatpak=/var/lib/flatpak/app/org.chromium.Chromium");
    BOOST_TEST(boxed_browsers(desk.person()).size() == 3U);
}

BOOST_AUTO_TEST_CASE(that_are_gone_but_left_files_at_home_do_not_count) {
    const Desk desk;
    fs::create_directories(desk.at("/home/ana/snap/firefox/current"));
    BOOST_TEST(boxed_browsers(desk.person()).empty());
    fs::create_directories(desk.at("/var/lib/snapd"));
    BOOST_TEST(names(boxed_browsers(desk.person())) == "register.snap=/home/ana/snap/firefox/current");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(browsers_that_are_running)

BOOST_AUTO_TEST_CASE(are_to_be_opened_again_if_they_started_before_the_registration) {
    const Office office;
    office.register_machine();
    const auto now = std::time(nullptr);
    office.write("/proc/stat", "cpu 1 2 3\nbtime " + std::to_string(now - 1000) + "\n");
    process(office, 100, "firefox-esr", 1, 10);   // long before
    process(office, 101, "firefox-esr", 100, 11); // its helper
    process(office, 200, "firefox-esr", 1, 2000); // afterwards
    process(office, 300, "firefox", 1, 10, "7f00-7f01 r-xp 0 0:0 1 " + office.what().module.string() + "\n");
    process(office, 400, "bash", 1, 10);
    const auto found = browsers_to_restart(office.machine(), places_of(office.machine(), office.what()),
                                           office.what().module);
    BOOST_TEST(names(found) == "register.restart_needed=firefox-esr (100)");
}

BOOST_AUTO_TEST_CASE(of_somebody_else_are_not_a_persons_business) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can be two people");
        return;
    }
    const Office office;
    office.register_machine();
    office.register_person();
    office.write("/proc/stat", "btime 1000\n");
    process(office, 100, "firefox-esr", 1, 10);
    BOOST_TEST(names(inspect(office.person(), office.what())) == "register.restart_needed");
    BOOST_REQUIRE(::chown(office.at("/proc/100").c_str(), 65534, 65534) == 0);
    BOOST_TEST(names(inspect(office.person(), office.what())).empty());
}

BOOST_AUTO_TEST_CASE(are_left_in_peace_where_nothing_is_registered) {
    const Office office;
    office.write("/proc/stat", "btime 1000\n");
    process(office, 100, "firefox-esr", 1, 10);
    BOOST_TEST(browsers_to_restart(office.machine(), places_of(office.machine(), office.what()),
                                   office.what().module)
                   .empty());
}

BOOST_AUTO_TEST_CASE(with_processes_that_make_no_sense_do_no_harm) {
    const Office office;
    office.register_machine();
    office.write("/proc/stat", "btime x\n");
    for (const auto* stat :
         {"", "1", ") ", "1 (firefox) S", "1 (firefox S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0"}) {
        office.write("/proc/7/comm", "firefox\n");
        office.write("/proc/7/stat", stat);
        BOOST_TEST(browsers_to_restart(office.machine(), places_of(office.machine(), office.what()),
                                       office.what().module)
                       .empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_path_of_the_module)

BOOST_AUTO_TEST_CASE(has_no_character_that_autofirma_java_or_p11_kit_stumble_over) {
    const Desk desk;
    for (const auto* folder : {"/mis tarjetas", "/a#b", "/a\"b", "/a$b", "/a\\b", "/a;b", "/a\nb"}) {
        desk.write(std::string(folder) + "/libacredita-pkcs11.so", "");
        require_error(check_module(desk.at(std::string(folder) + "/libacredita-pkcs11.so")),
                      register_errc::module_with_space);
    }
}

BOOST_AUTO_TEST_CASE(is_whole_and_leads_to_a_file) {
    const Desk desk;
    require_error(check_module("libacredita-pkcs11.so"), register_errc::module_relative);
    require_error(check_module(desk.at("/nowhere.so")), register_errc::module_missing);
    require_error(check_module(desk.root), register_errc::module_missing);
    desk.write("/opt/libacredita-pkcs11.so", "");
    BOOST_TEST(check_module(desk.at("/opt/libacredita-pkcs11.so")).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
