// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The commands that only look.
#include "tests/support/practice.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;

Json answer(const std::string& arguments) {
    const auto ran = test::run("LC_ALL=C " ACREDITA " " + arguments + " --json 2>/dev/null");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, arguments << ": " << ran.code << " " << ran.output);
    return Json::parse(ran.output);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_command_that_only_looks)

BOOST_AUTO_TEST_CASE(names_every_reader_and_what_is_in_it) {
    const test::Practice practice({"piv", "none"});
    const auto json = answer("readers");
    BOOST_REQUIRE(json["readers"].size() == 2U);
    BOOST_TEST(json["readers"][0]["card"] == true);
    BOOST_TEST(json["readers"][1]["card"] == false);
}

BOOST_AUTO_TEST_CASE(tells_the_tries_left_and_spends_none) {
    const test::Practice practice;
    for (int i = 0; i < 3; ++i) BOOST_TEST(answer("card")["pin"]["tries_left"] == 3);
}

// A card that pads by itself signs PKCS #1 blocks and gives nothing back to decrypt, unless it has a command
// for that.
BOOST_AUTO_TEST_CASE(says_of_each_card_truly_whether_it_decrypts) {
    const std::pair<std::string, bool> cards[] = {
        {"piv", true}, {"isoapplet:version=1", true}, {"classic:bits=1024", false}, {"safesign", false}};
    for (const auto& [card, decrypts] : cards) {
        const test::Practice practice({card});
        const auto told = test::run("LC_ALL=C " ACREDITA " card 2>&1").output;
        const auto can = told.find("\n  it can\n"), cannot = told.find("\n  it cannot\n"),
                   word = told.find("      decrypt");
        BOOST_TEST_REQUIRE((can != std::string::npos && word != std::string::npos), told);
        BOOST_TEST((word < cannot) == decrypts, told);
    }
}

BOOST_AUTO_TEST_CASE(probes_an_unknown_card_without_presenting_a_pin) {
    const test::Practice practice;
    const auto json = answer("card probe");
    bool piv = false;
    for (const auto& line : json["answers"]) {
        const auto command = line["command"].get<std::string>();
        if (command.starts_with("0020")) BOOST_TEST(command.size() == 8U, command << " carries data");
        piv = piv || (line["what"] == "PIV" && line["status"] == "9000");
    }
    BOOST_TEST(piv);
    BOOST_TEST(answer("card")["pin"]["tries_left"] == 3);
}

BOOST_AUTO_TEST_CASE(checks_everything_a_load_needs) {
    const test::Practice practice;
    const auto json = answer("doctor");
    BOOST_TEST(json["ok"] == true);
    BOOST_TEST(json["checks"].size() == 9U);
}

BOOST_AUTO_TEST_CASE(claims_nothing_of_an_administration_key_that_is_not_configured) {
    const test::Practice practice;
    const auto json = answer("doctor");
    for (const auto& check : json["checks"])
        if (check["check"] == "administration" && !std::filesystem::exists("/etc/acredita"))
            BOOST_TEST((check["ok"].is_null() && check["fact"].is_null()));
}

BOOST_AUTO_TEST_CASE(lists_the_profiles_and_says_which_are_possible) {
    const test::Practice practice;
    BOOST_TEST(answer("profile list")["profiles"].size() >= 4U);
    BOOST_TEST(!answer("profile explain")["possible"].empty());
}

BOOST_AUTO_TEST_CASE(ends_a_practice_with_the_exit_code_of_the_command) {
    BOOST_TEST(test::run(ACREDITA " practice -- sh -c 'exit 7' 2>/dev/null").code == 7);
}

BOOST_AUTO_TEST_SUITE_END()
