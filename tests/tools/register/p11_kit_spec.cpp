// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module file of p11-kit, as the real p11-kit reads it.
#include "tests/tools/register/desk.hpp"
#include "tools/register/file.hpp"
#include "tools/register/p11_kit_files.hpp"

#include <cstdlib>

#include <unistd.h>

using namespace acredita;
using namespace acredita::registration;

namespace {

constexpr const char* own = "/home/ana/.config/pkcs11/modules/acredita.module";
constexpr const char* machines = "/etc/pkcs11/modules/acredita.module";

// p11-kit reads a person's files only for an ordinary person: as root the question is asked as somebody else.
std::string p11_kit_lists(const Desk& desk, const std::string& program = "p11-kit list-modules") {
    std::string as;
    if (::geteuid() == 0) {
        const auto give = "chown -R 65534:65534 " + desk.at("/home/ana").string();
        BOOST_REQUIRE(std::system(give.c_str()) == 0);
        as = "setpriv --reuid 65534 --regid 65534 --clear-groups ";
    }
    const auto command = as + "env -u XDG_CONFIG_HOME HOME=" + desk.at("/home/ana").string() + " " + program +
                         " >" + (desk.root / "listed.txt").string() + " 2>&1 </dev/null";
    static_cast<void>(std::system(command.c_str()));
    if (::geteuid() == 0) {
        const auto take = "chown -R 0:0 " + desk.at("/home/ana").string();
        BOOST_REQUIRE(std::system(take.c_str()) == 0);
    }
    return desk.read("/listed.txt");
}

// The module where everybody can read it.
What readable(const Desk& desk) {
    fs::create_directories(desk.at("/opt"));
    fs::copy_file(built.module, desk.at("/opt/libacredita-pkcs11.so"));
    return {desk.at("/opt/libacredita-pkcs11.so"), {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_module_file_of_p11_kit)

BOOST_AUTO_TEST_CASE(of_a_person_is_read_by_p11_kit) {
    const Desk desk;
    const auto what = readable(desk);
    const auto place = std::move(p11_kit_module(desk.person(), what).front());
    BOOST_TEST(register_here(*place, false)->changed);
    BOOST_TEST(!register_here(*place, false)->changed);
    const auto listed = p11_kit_lists(desk);
    BOOST_TEST(listed.find("acredita: " + what.module.string()) != std::string::npos, listed);
    BOOST_TEST(unregister_here(*place, false)->changed);
    BOOST_TEST(p11_kit_lists(desk).find("acredita: ") == std::string::npos);
    BOOST_TEST(!unregister_here(*place, false)->changed);
}

BOOST_AUTO_TEST_CASE(is_not_for_browsers_which_have_the_module_already) {
    const Desk desk;
    const auto what = readable(desk);
    BOOST_REQUIRE(register_here(*p11_kit_module(desk.person(), what).front(), false));
    // p11-kit goes by the name of the running program.
    for (const auto* browser : {"firefox-esr", "chromium"}) {
        fs::copy_file("/usr/bin/p11-kit", desk.root / browser);
        const auto listed = p11_kit_lists(desk, (desk.root / browser).string() + " list-modules");
        BOOST_TEST(listed.find("p11-kit-trust") != std::string::npos, listed);
        BOOST_TEST(listed.find("acredita: ") == std::string::npos, listed);
    }
}

BOOST_AUTO_TEST_CASE(is_not_needed_where_the_machine_has_one) {
    const Desk desk;
    BOOST_REQUIRE(register_here(*p11_kit_module(desk.machine(), built).front(), false));
    BOOST_TEST(fs::exists(desk.at(machines)));
    const auto person = std::move(p11_kit_module(desk.person(), built).front());
    BOOST_TEST((*person->look() == State::covered));
    BOOST_TEST(!register_here(*person, false)->changed);
    BOOST_TEST(!fs::exists(desk.at(own)));
}

BOOST_AUTO_TEST_CASE(with_an_older_path_is_written_anew) {
    const Desk desk;
    desk.write(machines, "module: /opt/old/libacredita-pkcs11.so\n");
    const auto place = std::move(p11_kit_module(desk.machine(), built).front());
    BOOST_TEST(faults_of(*place) == "register.stale");
    BOOST_TEST(register_here(*place, false)->changed);
    BOOST_TEST(faults_of(*place).empty());
}

BOOST_AUTO_TEST_CASE(under_another_name_beside_ours_is_found_as_a_double) {
    const Desk desk;
    const auto place = std::move(p11_kit_module(desk.machine(), built).front());
    BOOST_REQUIRE(register_here(*place, false));
    desk.write("/etc/pkcs11/modules/tarjetas.module", "module: " + built.module.string() + "\n");
    BOOST_TEST(faults_of(*place) == "register.twice");
    BOOST_TEST((*place->look() == State::amiss));
    BOOST_TEST(register_here(*place, false)->changed);
    BOOST_TEST(faults_of(*place).empty());
    BOOST_TEST((*place->look() == State::covered));
}

BOOST_AUTO_TEST_CASE(of_opensc_is_found_and_can_be_put_out_of_use_without_touching_the_package) {
    const Desk desk;
    const auto what = readable(desk);
    constexpr const char* packaged = "/usr/share/p11-kit/modules/opensc-pkcs11.module";
    desk.write(packaged, "# of the package\nmodule: opensc-pkcs11.so\n");
    const auto place = std::move(p11_kit_module(desk.person(), what).front());
    BOOST_REQUIRE(register_here(*place, false));
    BOOST_TEST(faults_of(*place) == "register.other_module");
    BOOST_REQUIRE(place->remove_others());
    BOOST_TEST(faults_of(*place).empty());
    BOOST_TEST(desk.read(packaged) == "# of the package\nmodule: opensc-pkcs11.so\n");
    // The machine's real OpenSC file has this very name, so the real p11-kit shows whether it works.
    const auto listed = p11_kit_lists(desk);
    BOOST_TEST(listed.find("acredita: ") != std::string::npos, listed);
    BOOST_TEST(listed.find("opensc") == std::string::npos, listed);
}

BOOST_AUTO_TEST_CASE(is_looked_for_among_bad_files_without_harm) {
    const Desk desk;
    desk.write("/etc/pkcs11/modules/big.module", "");
    fs::resize_file(desk.at("/etc/pkcs11/modules/big.module"), 100U << 20);
    desk.write("/etc/pkcs11/modules/strange.module", std::string(10'000, ':') + "\n\0\xff:\nmodule:\n");
    fs::create_directories(desk.at("/etc/pkcs11/modules/folder.module"));
    fs::create_symlink("/nowhere", desk.at("/etc/pkcs11/modules/link.module"));
    BOOST_TEST(p11_kit_files(desk.machine()).empty());
    BOOST_TEST(faults_of(*p11_kit_module(desk.machine(), built).front()) == "register.not_registered");
}

BOOST_AUTO_TEST_SUITE_END()
