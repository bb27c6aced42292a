// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita register, unregister and doctor browsers, as a person or an administrator's script runs them.
#include "tests/support/practice.hpp"
#include "tests/tools/register/desk.hpp"

#include <nlohmann/json.hpp>

using namespace acredita;
using namespace acredita::registration;

namespace {

using Json = nlohmann::json;

std::string machine(const Desk& desk) { return " --system --root " + desk.root.string() + " "; }
std::string person(const Desk& desk) { return " --root " + desk.root.string() + " --home /home/ana "; }
const std::string module_option = std::string(" --module ") + ACREDITA_MODULE_BUILT + " ";

test::Ran acredita_says(const std::string& words) { return test::run("LC_ALL=C " ACREDITA " " + words); }

Json json_of(const std::string& words, int code) {
    const auto ran = acredita_says(words + " --json");
    BOOST_TEST(ran.code == code, ran.output);
    return Json::parse(ran.output, nullptr, false);
}

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_register)

BOOST_AUTO_TEST_CASE(changes_every_place_of_a_person_once_and_says_so) {
    const Desk desk;
    auto said = json_of("register" + person(desk) + module_option, 0);
    BOOST_TEST(said["changed"] == true);
    BOOST_TEST(said["places"].size() == 2U);
    said = json_of("register" + person(desk) + module_option, 0);
    BOOST_TEST(said["changed"] == false);
    for (const auto& place : said["places"]) BOOST_TEST(place["before"] == "present");
    BOOST_TEST(said["snippets"]["openssh"] == std::string("PKCS11Provider ") + ACREDITA_MODULE_BUILT + "\n");
    BOOST_TEST(said["snippets"]["java"].get<std::string>().find(
                   std::string("\nlibrary = ") + ACREDITA_MODULE_BUILT + "\n") != std::string::npos);
    said = json_of("unregister" + person(desk), 0);
    BOOST_TEST(said["changed"] == true);
    said = json_of("unregister" + person(desk), 0);
    BOOST_TEST(said["changed"] == false);
}

BOOST_AUTO_TEST_CASE(says_in_words_that_nothing_had_to_be_changed) {
    const Desk desk;
    BOOST_TEST(acredita_says("register" + machine(desk) + module_option).code == 0);
    const auto again = acredita_says("register" + machine(desk) + module_option);
    BOOST_TEST(again.code == 0);
    BOOST_TEST(again.output.find("Nothing had to be changed.") != std::string::npos, again.output);
}

BOOST_AUTO_TEST_CASE(touches_only_the_places_that_were_named) {
    const Desk desk;
    const auto said = json_of("register --firefox --p11-kit" + machine(desk) + module_option, 0);
    BOOST_TEST(said["places"].size() == 2U);
    BOOST_TEST(fs::exists(desk.at("/etc/firefox/policies/policies.json")));
    BOOST_TEST(fs::exists(desk.at("/etc/pkcs11/modules/acredita.module")));
    BOOST_TEST(!fs::exists(desk.at("/etc/xdg")));
}

BOOST_AUTO_TEST_CASE(changes_nothing_in_a_trial) {
    const Desk desk;
    const auto said = json_of("register --dry-run" + machine(desk) + module_option, 0);
    BOOST_TEST(said["changed"] == true);
    BOOST_TEST(!fs::exists(desk.at("/etc")));
}

BOOST_AUTO_TEST_CASE(goes_on_after_a_place_that_cannot_be_changed_and_ends_with_its_code) {
    const Desk desk;
    desk.write("/etc/firefox/policies/policies.json", "{damaged");
    const auto said = json_of("register" + machine(desk) + module_option, 70);
    BOOST_TEST(said["places"][0]["error"]["name"] == "register.damaged");
    BOOST_TEST(fs::exists(desk.at("/etc/pkcs11/modules/acredita.module")));
    BOOST_TEST(desk.read("/etc/firefox/policies/policies.json") == "{damaged");
}

BOOST_AUTO_TEST_CASE(refuses_a_module_with_a_space_in_its_path) {
    const Desk desk;
    desk.write("/opt/mis tarjetas/libacredita-pkcs11.so", "");
    const auto ran = acredita_says("register" + machine(desk) + "--module '" +
                                   desk.at("/opt/mis tarjetas/libacredita-pkcs11.so").string() + "'");
    BOOST_TEST(ran.code == 78);
    BOOST_TEST(ran.output.find("AutoFirma") != std::string::npos, ran.output);
    BOOST_TEST(!fs::exists(desk.at("/etc")));
}

BOOST_AUTO_TEST_CASE(as_root_wants_to_know_for_whom) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root has to say for whom");
        return;
    }
    BOOST_TEST(acredita_says("register" + module_option).code == 79);
    BOOST_TEST(acredita_says("register --user no-such-person-here" + module_option).code == 79);
}

BOOST_AUTO_TEST_CASE(as_an_ordinary_person_may_not_change_the_machine) {
    const std::string words = "LC_ALL=C " ACREDITA " register --system" + module_option;
    const auto ran = ::geteuid() != 0
                         ? test::run(words)
                         : test::run("setpriv --reuid 65534 --regid 65534 --clear-groups env " + words);
    BOOST_TEST(ran.code == 79, ran.output);
}

BOOST_AUTO_TEST_CASE(leaves_a_start_at_login_whose_command_this_program_understands) {
    const Desk desk;
    BOOST_TEST(acredita_says("register --nss" + machine(desk) + module_option).code == 0);
    const auto text = desk.read("/etc/xdg/autostart/acredita-register.desktop");
    const auto start = text.find("Exec=");
    BOOST_REQUIRE(start != std::string::npos);
    auto command = text.substr(start + 5, text.find('\n', start) - start - 5);
    command = command.substr(command.find(" register"));
    const auto ran = acredita_says(command.substr(1) + person(desk));
    BOOST_TEST(ran.code == 0, ran.output);
    BOOST_TEST(desk.read("/home/ana/.pki/nssdb/pkcs11.txt").find("name=Acredita") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(acredita_doctor_browsers)

BOOST_AUTO_TEST_CASE(ends_with_the_code_of_its_first_finding_until_it_is_repaired) {
    const Desk desk;
    desk.write("/usr/sbin/pcscd", "");
    auto said = json_of("doctor browsers" + person(desk) + module_option, 77);
    BOOST_TEST(said["findings"].size() == 2U);
    for (const auto& finding : said["findings"]) {
        BOOST_TEST(finding["repair"] == "repair");
        for (const auto* sentence : {"what", "means", "action"})
            BOOST_TEST(!finding[sentence].get<std::string>().empty());
    }
    said = json_of("doctor browsers --repair" + person(desk) + module_option, 0);
    BOOST_TEST(said["repaired"] == 2);
    said = json_of("doctor browsers" + person(desk) + module_option, 0);
    BOOST_TEST(said["findings"].empty());
}

BOOST_AUTO_TEST_CASE(says_what_to_do_about_a_browser_from_a_snap) {
    const Desk desk;
    desk.write("/usr/sbin/pcscd", "");
    fs::create_directories(desk.at("/snap/bin"));
    fs::create_symlink("/usr/bin/snap", desk.at("/snap/bin/firefox"));
    BOOST_TEST(acredita_says("register" + machine(desk) + module_option).code == 0);
    const auto ran =
        test::run("LC_ALL=es_ES.UTF-8 " ACREDITA " doctor browsers" + machine(desk) + module_option);
    BOOST_TEST(ran.code == 76);
    BOOST_TEST(ran.output.find("Este navegador es un snap: /snap/bin/firefox.") != std::string::npos,
               ran.output);
}

BOOST_AUTO_TEST_SUITE_END()
