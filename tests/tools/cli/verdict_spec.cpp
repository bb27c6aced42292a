// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that cannot be served is told why, before anybody is asked for a secret.
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;

constexpr int not_usable = 34;

Json refused(const std::string& arguments, const std::string& language = "C") {
    const auto ran =
        test::run("LC_ALL=" + language + " " ACREDITA " " + arguments + " --json 2>/dev/null </dev/null");
    BOOST_REQUIRE_MESSAGE(ran.code == not_usable, arguments << ": " << ran.code << " " << ran.output);
    return Json::parse(ran.output);
}

struct Foreign {
    const char* make;
    const char* verdict;
    const char* family; // nullptr: none
};
constexpr Foreign foreign[] = {
    {"wg10", "no-application", "wg10"},        {"mmar", "no-application", "mmar"},
    {"a203", "no-application", "a203"},        {"memory", "no-application", "memory"},
    {"mifare", "no-application", "memory"},    {"r5-empty", "makers-module", "tui-r5"},
    {"r7-empty", "makers-module", "tui-r7"},   {"advantis", "makers-module", "advantis"},
    {"bit4id", "makers-module", "bit4id"},     {"cns", "makers-module", "bit4id-cns"},
    {"idprime", "makers-module", "idprime"},   {"cardos", "makers-module", "cardos"},
    {"starsign", "makers-module", "starsign"}, {"ceres430", "makers-module", "ceres-430"},
    {"dnie", "makers-module", "dnie"},         {"parrot", "unknown", nullptr},
};

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_that_cannot_be_served)

BOOST_AUTO_TEST_CASE(gets_the_verdict_of_its_family) {
    for (const auto& one : foreign) {
        const test::Practice practice({"foreign:make=" + std::string(one.make)});
        BOOST_TEST_CONTEXT(one.make) {
            const auto json = refused("card");
            BOOST_TEST(json["ok"] == false);
            BOOST_TEST(json["verdict"]["kind"] == one.verdict);
            BOOST_TEST(json["verdict"]["family"] == (one.family ? Json(one.family) : Json(nullptr)));
            for (const auto* part : {"heading", "title", "meanwhile", "contact"})
                BOOST_TEST(!json["sheet"][part].get<std::string>().empty());
            BOOST_TEST(json["sheet"]["why"].size() >= 1U);
            BOOST_TEST(json["sheet"]["ask_for"].size() >= 3U);
            BOOST_TEST(json.dump().find("verdict.") == std::string::npos, json.dump());
        }
    }
}

BOOST_AUTO_TEST_CASE(is_told_so_by_the_main_job_before_any_secret_and_with_no_try_spent) {
    const auto& backup = test::backup();
    for (const auto* make : {"wg10", "dnie", "parrot"}) {
        const auto transcript = test::scratch() / (std::string(make) + ".txt");
        // No descriptor and no terminal: whoever asked for a secret would fail with another code.
        const auto ran = test::run("LC_ALL=C " ACREDITA " practice --card foreign:make=" + std::string(make) +
                                   " --transcript " + transcript.string() + " -- " ACREDITA " issue " +
                                   backup.file.string() + " --json 2>/dev/null </dev/null");
        BOOST_TEST(ran.code == not_usable, ran.output);
        BOOST_TEST(ran.output.find("\"verdict\"") != std::string::npos, ran.output);
        std::ostringstream text;
        text << std::ifstream(transcript).rdbuf();
        BOOST_TEST(text.str().find(" 00A40400 ") != std::string::npos, text.str());
        for (const auto* forbidden : {" 0020", " 00DB", " 0087", " 002C", " 0024"})
            BOOST_TEST(text.str().find(forbidden) == std::string::npos, make << ": " << text.str());
    }
}

BOOST_AUTO_TEST_CASE(though_it_looks_like_one_that_can_gets_no_secret_and_nothing_written) {
    const auto& backup = test::backup();
    const auto transcript = test::scratch() / "impostor.txt";
    const auto secret = test::scratch() / "secret";
    std::ofstream(secret) << backup.passphrase << '\n';
    const auto pin = test::scratch() / "pin";
    std::ofstream(pin) << "123456\n";
    const auto ran = test::run("LC_ALL=C " ACREDITA " practice --card foreign:make=impostor --transcript " +
                               transcript.string() + " -- " ACREDITA " issue " + backup.file.string() +
                               " --json --passphrase-fd 3 --pin-fd 4 3<" + secret.string() + " 4<" +
                               pin.string() + " 2>/dev/null </dev/null");
    BOOST_TEST(ran.code != 0, ran.output);
    BOOST_TEST(Json::parse(ran.output)["ok"] == false);
    std::ostringstream text;
    text << std::ifstream(transcript).rdbuf();
    BOOST_TEST(text.str().find(" 00A40400 ") != std::string::npos, text.str());
    BOOST_TEST(text.str().find(" 00200080 Lc") == std::string::npos, text.str());
    for (const auto* write : {" 00DB", " 10DB", " 00FE", " 10FE"})
        BOOST_TEST(text.str().find(write) == std::string::npos, text.str());
}

BOOST_AUTO_TEST_CASE(has_a_page_to_take_away_in_both_languages) {
    const test::Practice practice({"foreign:make=wg10"});
    for (const auto* language : {"C", "es_ES.UTF-8"}) {
        const auto sheet = test::scratch() / "sheet.pdf";
        std::filesystem::remove(sheet);
        const auto json = refused("card --sheet " + sheet.string(), language);
        BOOST_TEST(std::filesystem::file_size(sheet) > 1000U);
        BOOST_TEST(json["sheet"]["heading"] ==
                   (language[0] == 'C' ? "This card cannot sign" : "Esta tarjeta no puede firmar"));
    }
}

BOOST_AUTO_TEST_CASE(has_its_sheet_on_the_screen) {
    const test::Practice practice({"foreign:make=dnie"});
    const auto ran = test::run("LC_ALL=C " ACREDITA " card 2>&1 </dev/null");
    BOOST_TEST(ran.code == not_usable);
    for (const auto* words : {"Perhaps with its maker's own program", "DNIe",
                              "cannot be brought onto this card", "Whom to ask", "Code 34"})
        BOOST_TEST(ran.output.find(words) != std::string::npos, ran.output);
}

BOOST_AUTO_TEST_CASE(and_that_nobody_knows_gets_a_report_to_send) {
    const test::Practice practice({"unknown"});
    const auto json = refused("card");
    BOOST_TEST(json["verdict"]["kind"] == "unknown");
    const auto report = test::scratch() / "unknown.json";
    BOOST_TEST(test::run(ACREDITA " card probe --report " + report.string() + " >/dev/null").code == 0);
    std::ifstream in(report);
    const auto told = Json::parse(in);
    BOOST_TEST(told["format"] == "acredita-probe-1");
    BOOST_TEST(told["atr"] == json["verdict"]["atr"]);
}

BOOST_AUTO_TEST_SUITE_END()
