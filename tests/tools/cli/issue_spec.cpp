// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita issue, as a person at a desk uses it.
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace {

using namespace acredita;

struct Words {
    std::string passphrase = test::backup().passphrase;
    std::string pin = "123456";
};

std::string with_line(const std::string& name, const std::string& line) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << line << '\n';
    return file.string();
}

test::Ran load(const std::string& options, const Words& words = {}) {
    return test::run("LC_ALL=C setsid " ACREDITA " issue '" + test::backup().file.string() +
                     "' --passphrase-fd 3 --pin-fd 4 " + options + " 3<'" +
                     with_line("passphrase", words.passphrase) + "' 4<'" + with_line("pin", words.pin) +
                     "' 2>/dev/null");
}

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_issue)

BOOST_AUTO_TEST_CASE(loads_the_card_and_writes_receipts_that_only_their_owner_can_read) {
    const test::Practice practice;
    const auto text = test::scratch() / "receipt.txt", json = test::scratch() / "receipt.json";
    const auto page = test::scratch() / "receipt.pdf";
    const auto ran = load("--receipt '" + text.string() + "' --receipt '" + json.string() + "' --receipt '" +
                          page.string() + "'");
    BOOST_TEST(ran.code == 0, ran.output);
    BOOST_TEST(content(page).starts_with("%PDF-"));
    BOOST_TEST(content(text).starts_with("PRACTICE RECEIPT"));
    const auto receipt = nlohmann::json::parse(content(json));
    BOOST_TEST(receipt["practice"] == true);
    BOOST_TEST(receipt["proof"]["refused_without_pin"]["status_word"] == "6982");
    struct stat status {};
    BOOST_REQUIRE(::stat(json.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600);
}

BOOST_AUTO_TEST_CASE(writes_no_secret_onto_the_receipt) {
    const test::Practice practice;
    const auto ran = load("--json");
    BOOST_REQUIRE(ran.code == 0);
    for (const auto& secret :
         {test::backup().passphrase, std::string("123456"), std::string("0102030405060708")})
        BOOST_TEST(ran.output.find(secret) == std::string::npos);
    BOOST_TEST(nlohmann::json::parse(ran.output)["receipt"]["factory_administration_key"] == true);
}

BOOST_AUTO_TEST_CASE(ends_with_52_for_a_wrong_password_and_with_40_for_a_wrong_pin) {
    const test::Practice practice;
    BOOST_TEST(load("", {.passphrase = "wrong"}).code == 52);
    const auto wrong = load("--json", {.pin = "000000"});
    BOOST_TEST(wrong.code == 40);
    BOOST_TEST(nlohmann::json::parse(wrong.output)["error"]["detail"] == "2");
}

BOOST_AUTO_TEST_CASE(does_not_spend_the_last_try_unless_told) {
    const test::Practice practice;
    BOOST_TEST(load("", {.pin = "000000"}).code == 40);
    BOOST_TEST(load("", {.pin = "000000"}).code == 40);
    BOOST_TEST(load("").code == 41);
    BOOST_TEST(load("--last-try").code == 0);
}

BOOST_AUTO_TEST_CASE(refuses_a_card_of_another_office_before_it_asks) {
    const test::Practice practice;
    const auto key = with_line("other-office", "A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7");
    BOOST_TEST(load("--admin-key-fd 5 5<'" + key + "'").code == 37);
}

BOOST_AUTO_TEST_CASE(tells_a_card_that_is_not_there_mute_or_unknown) {
    for (const auto& [card, code] :
         {std::pair("none", 33), std::pair("mute", 38), std::pair("unknown", 34)}) {
        const test::Practice practice({card});
        BOOST_TEST(load("").code == code, card);
    }
}

BOOST_AUTO_TEST_SUITE_END()
