// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Firefox's policies.json: ours goes in and out, everything else stays as it was.
#include "tests/tools/register/desk.hpp"
#include "tools/register/file.hpp"
#include "tools/register/policies.hpp"

using namespace acredita;
using namespace acredita::registration;

namespace {

constexpr const char* etc = "/etc/firefox/policies/policies.json";
constexpr const char* distribution = "/usr/lib/firefox-esr/distribution/policies.json";

// What an office has already: order, unknown keys and a tab for indentation.
constexpr const char* office =
    "{\n\t\"zeta\": 1,\n\t\"policies\": {\n\t\t\"DisableTelemetry\": true,\n"
    "\t\t\"SecurityDevices\": {\n\t\t\t\"Add\": {\n\t\t\t\t\"Otro\": \"/opt/otro.so\"\n"
    "\t\t\t}\n\t\t},\n\t\t\"Año\": [1, 2.5, null]\n\t}\n}\n";

void registers(const Desk& desk) {
    for (const auto& place : firefox_policies(desk.machine(), built)) {
        const auto change = register_here(*place, false);
        BOOST_REQUIRE_MESSAGE(change, (change ? "" : describe(change.error())));
    }
}
void unregisters(const Desk& desk) {
    for (const auto& place : firefox_policies(desk.machine(), built))
        BOOST_REQUIRE(unregister_here(*place, false));
}

nlohmann::ordered_json parsed(const Desk& desk, const char* file = etc) {
    return nlohmann::ordered_json::parse(desk.read(file));
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_policies_of_firefox)

BOOST_AUTO_TEST_CASE(are_made_where_every_firefox_reads_them_when_there_are_none) {
    const Desk desk;
    fs::create_directories(desk.at("/usr/lib/firefox-esr"));
    registers(desk);
    BOOST_TEST(parsed(desk)["policies"]["SecurityDevices"]["Add"]["Acredita"] == built.module.string());
    BOOST_TEST(!fs::exists(desk.at(distribution)));
    BOOST_TEST((fs::status(desk.at(etc)).permissions() == fs::perms(0644)));
}

BOOST_AUTO_TEST_CASE(keep_every_other_policy_in_its_order_with_its_indentation) {
    const Desk desk;
    desk.write(etc, office);
    registers(desk);
    auto expected = std::string(office);
    const std::string before = "\"Otro\": \"/opt/otro.so\"";
    expected.insert(expected.find(before) + before.size(),
                    ",\n\t\t\t\t\"Acredita\": \"" + built.module.string() + "\"");
    // The writer puts every element on a line of its own.
    const auto list = expected.find("[1, 2.5, null]");
    expected.replace(list, 14, "[\n\t\t\t1,\n\t\t\t2.5,\n\t\t\tnull\n\t\t]");
    BOOST_TEST(desk.read(etc) == expected);
    BOOST_TEST(desk.read(std::string(etc) + copy_suffix) == office);
}

BOOST_AUTO_TEST_CASE(are_not_written_a_second_time) {
    const Desk desk;
    desk.write(etc, office);
    registers(desk);
    const auto time = fs::last_write_time(desk.at(etc));
    for (const auto& place : firefox_policies(desk.machine(), built))
        BOOST_TEST(!register_here(*place, false)->changed);
    BOOST_TEST((fs::last_write_time(desk.at(etc)) == time));
}

BOOST_AUTO_TEST_CASE(are_not_written_in_a_trial) {
    const Desk desk;
    for (const auto& place : firefox_policies(desk.machine(), built))
        BOOST_TEST(register_here(*place, true)->changed);
    BOOST_TEST(!fs::exists(desk.at("/etc")));
}

BOOST_AUTO_TEST_CASE(list_us_for_deletion_afterwards_because_profiles_remember_modules) {
    const Desk desk;
    desk.write(etc, office);
    registers(desk);
    unregisters(desk);
    const auto devices = parsed(desk)["policies"]["SecurityDevices"];
    BOOST_TEST(devices["Add"].dump() == R"({"Otro":"/opt/otro.so"})");
    BOOST_TEST(devices["Delete"].dump() == R"(["Acredita"])");
    for (const auto& place : firefox_policies(desk.machine(), built))
        BOOST_TEST(!unregister_here(*place, false)->changed);
}

BOOST_AUTO_TEST_CASE(delete_us_no_longer_once_we_are_registered_again) {
    const Desk desk;
    desk.write(etc, R"({"policies":{"SecurityDevices":{"Delete":["Acredita","Viejo"]}}})");
    BOOST_TEST(faults_of(*firefox_policies(desk.machine(), built).front()) == "register.not_allowed");
    registers(desk);
    BOOST_TEST(parsed(desk)["policies"]["SecurityDevices"]["Delete"].dump() == R"(["Viejo"])");
    BOOST_TEST(faults_of(*firefox_policies(desk.machine(), built).front()).empty());
}

BOOST_AUTO_TEST_CASE(of_nobody_who_registered_us_are_left_alone) {
    const Desk desk;
    desk.write(etc, office);
    unregisters(desk);
    BOOST_TEST(desk.read(etc) == office);
}

BOOST_AUTO_TEST_CASE(of_the_old_form_keep_their_devices_in_the_new_one) {
    const Desk desk;
    desk.write(etc, R"({"policies":{"SecurityDevices":{"Otro":"/opt/otro.so"}}})");
    registers(desk);
    BOOST_TEST(parsed(desk)["policies"]["SecurityDevices"]["Add"]["Otro"] == "/opt/otro.so");
    BOOST_TEST(parsed(desk)["policies"]["SecurityDevices"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(with_an_older_path_and_another_name_of_ours_end_with_one_entry) {
    const Desk desk;
    desk.write(etc, R"({"policies":{"SecurityDevices":{"Add":{"Acredita":"/old/libacredita-pkcs11.so",)"
                    R"("Tarjetas":"/older/libacredita-pkcs11.so"}}}})");
    BOOST_TEST(faults_of(*firefox_policies(desk.machine(), built).front()) ==
               "register.stale register.twice register.stale");
    registers(desk);
    const auto devices = parsed(desk)["policies"]["SecurityDevices"];
    BOOST_TEST(devices["Add"].dump() == R"({"Acredita":")" + built.module.string() + "\"}");
    BOOST_TEST(devices["Delete"].dump() == R"(["Tarjetas"])");
}

BOOST_AUTO_TEST_CASE(of_a_distribution_are_used_where_a_file_in_etc_would_hide_them) {
    const Desk desk;
    fs::create_directories(desk.at("/usr/lib"));
    // Debian's package has a relative link there.
    fs::create_directories(desk.at("/usr/share/firefox-esr/distribution"));
    fs::create_directories(desk.at("/usr/lib/firefox-esr"));
    fs::create_symlink("../../share/firefox-esr/distribution", desk.at("/usr/lib/firefox-esr/distribution"));
    fs::create_directories(desk.at("/usr/lib/firefox"));
    desk.write(distribution, R"({"policies":{"DisableAppUpdate":true}})");
    registers(desk);
    BOOST_TEST(!fs::exists(desk.at("/etc")));
    BOOST_TEST(parsed(desk, distribution)["policies"]["DisableAppUpdate"] == true);
    BOOST_TEST(parsed(desk, distribution)["policies"]["SecurityDevices"]["Add"].contains("Acredita"));
    // The other installation reads no file yet; it gets one of its own.
    BOOST_TEST(
        parsed(desk, "/usr/lib/firefox/distribution/policies.json")["policies"].contains("SecurityDevices"));
}

BOOST_AUTO_TEST_CASE(find_opensc_and_take_it_out_when_told_to) {
    const Desk desk;
    desk.write(
        etc,
        R"({"policies":{"SecurityDevices":{"Add":{"OpenSC":"/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"}}}})");
    registers(desk);
    const auto places = firefox_policies(desk.machine(), built);
    BOOST_TEST(faults_of(*places.front()) == "register.other_module");
    BOOST_REQUIRE(places.front()->remove_others());
    BOOST_TEST(faults_of(*places.front()).empty());
    BOOST_TEST(parsed(desk)["policies"]["SecurityDevices"]["Delete"].dump() == R"(["OpenSC"])");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(policies_that_are_damaged)

BOOST_AUTO_TEST_CASE(are_refused_and_left_byte_by_byte_as_they_were) {
    for (const std::string& text :
         {std::string("{\"policies\": {\n\"a\": 1,\n}}"), std::string(""), std::string("[]"),
          std::string("{} x"), std::string("{\"policies\": []}"),
          std::string("{\"policies\": {\"SecurityDevices\": 7}}"),
          std::string("{\"policies\": {\"SecurityDevices\": {\"Add\": []}}}"), std::string("\xff\xfe{}"),
          std::string("{\"a\": \"\xc3\"}"), std::string("{\"a\": 1e999999}"), std::string(100'000, '['),
          std::string("// a remark\n{}")}) {
        const Desk desk;
        desk.write(etc, text);
        const auto places = firefox_policies(desk.machine(), built);
        require_error(register_here(*places.front(), false), register_errc::damaged);
        require_error(unregister_here(*places.front(), false), register_errc::damaged);
        BOOST_TEST(faults_of(*places.front()) == "register.damaged");
        BOOST_TEST(desk.read(etc) == text);
        BOOST_TEST(!fs::exists(desk.at(std::string(etc) + copy_suffix)));
    }
}

BOOST_AUTO_TEST_CASE(are_refused_with_the_line_of_the_fault) {
    const auto policies = Policies::parse("{\n\"policies\": {\n\"a\": 1,\n}}", etc);
    BOOST_REQUIRE(!policies);
    BOOST_TEST(policies.error().detail == std::string(etc) + ":4");
}

BOOST_AUTO_TEST_SUITE_END()
