// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the program does with a command line that makes no sense, and with nothing to work on.
#include "tests/support/practice.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;

// Nobody's card service: these must never meet a real one.
test::Ran run(const std::string& arguments) {
    return test::run("LC_ALL=C PCSCLITE_CSOCK_NAME=/nonexistent/pcscd.comm " ACREDITA " " + arguments +
                     " 2>&1");
}

std::string file_of(std::size_t size, char filling) {
    const auto file = test::scratch() / ("file-" + std::to_string(size));
    std::ofstream(file, std::ios::binary) << std::string(size, filling);
    return file.string();
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_command_line)

BOOST_AUTO_TEST_CASE(without_a_command_shows_the_help_and_ends_with_2) {
    const auto ran = run("");
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.output.find("Usage:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(with_an_option_that_does_not_exist_ends_with_2) {
    BOOST_TEST(run("readers --no-such-option").code == 2);
}

BOOST_AUTO_TEST_CASE(takes_no_secret_as_an_argument) {
    BOOST_TEST(run("issue x.p12 --pin 123456").code == 2);
    BOOST_TEST(run("issue x.p12 --passphrase secret").code == 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(without_anything_to_work_on)

BOOST_AUTO_TEST_CASE(a_stopped_service_ends_with_31) {
    const auto ran = run("readers");
    BOOST_TEST(ran.code == 31);
    BOOST_TEST(ran.output.find("pcscd") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_error_as_json_is_one_object_with_code_name_and_what_to_do) {
    const auto ran = run("readers --json");
    BOOST_TEST(ran.code == 31);
    const auto json = nlohmann::json::parse(ran.output);
    BOOST_TEST(json["ok"] == false);
    BOOST_TEST(json["error"]["code"] == 31);
    BOOST_TEST(json["error"]["name"] == "reader.service_not_running");
    BOOST_TEST(!json["error"]["action"].get<std::string>().empty());
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_not_there_ends_with_112) {
    BOOST_TEST(run("p12 inspect /nonexistent.p12").code == 112);
}

BOOST_AUTO_TEST_CASE(ten_mebibytes_of_zeros_end_with_114) {
    BOOST_TEST(run("p12 inspect " + file_of(10U * 1024 * 1024, '\0')).code == 114);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_backup_ends_with_12) {
    BOOST_TEST(run("p12 inspect " + file_of(500, 'x')).code == 12);
}

BOOST_AUTO_TEST_CASE(a_module_that_is_not_there_ends_with_92) {
    const auto ran = run("doctor --json --module /nonexistent.so");
    const auto json = nlohmann::json::parse(ran.output);
    bool seen = false;
    for (const auto& check : json["checks"])
        if (check["check"] == "module") {
            BOOST_TEST(check["error"]["code"] == 92);
            seen = true;
        }
    BOOST_TEST(seen);
}

BOOST_AUTO_TEST_SUITE_END()
