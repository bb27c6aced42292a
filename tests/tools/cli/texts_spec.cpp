// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every text the program asks for exists, and every command has its help in both languages.
#include "tests/support/practice.hpp"
#include "tools/catalogue/catalogue.hpp"

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

std::set<std::string> keys_in_the_source() {
    std::set<std::string> keys;
    const std::regex said("say\\(\"([a-z_.]+)\"");
    const std::regex option("(option|flag)\\([^;]*, \"([a-z_]+)\"\\)");
    for (const auto& file : std::filesystem::directory_iterator(SOURCE_DIR "/tools/cli")) {
        if (file.path().extension() != ".cpp") continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        const auto source = text.str();
        for (std::sregex_iterator at(source.begin(), source.end(), said), end; at != end; ++at)
            keys.insert((*at)[1]);
        for (std::sregex_iterator at(source.begin(), source.end(), option), end; at != end; ++at)
            keys.insert("help." + (*at)[2].str());
    }
    return keys;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_texts_of_the_program)

BOOST_AUTO_TEST_CASE(are_all_in_the_catalogue) {
    const auto keys = keys_in_the_source();
    BOOST_TEST(keys.size() > 60U);
    for (const auto& key : keys)
        if (!key.ends_with('.')) BOOST_TEST(catalogue::has_text("cli." + key), key << " has no text");
}

BOOST_AUTO_TEST_CASE(of_every_help_are_in_the_language_of_the_person) {
    for (const auto* command : {"",
                                "readers",
                                "card",
                                "card probe",
                                "p12",
                                "p12 inspect",
                                "p12 recipe",
                                "issue",
                                "letter",
                                "letter sign",
                                "letter verify",
                                "portals",
                                "portals list",
                                "portals show",
                                "portals sheet",
                                "appointments",
                                "appointments import",
                                "appointments list",
                                "appointments arrive",
                                "appointments forget",
                                "journal",
                                "journal verify",
                                "journal show",
                                "journal find",
                                "journal export",
                                "journal checkpoint",
                                "journal forget",
                                "pin",
                                "pin change",
                                "pin unblock",
                                "pin hand-over",
                                "profile",
                                "profile list",
                                "profile check",
                                "profile draft",
                                "profile explain",
                                "practice",
                                "trace",
                                "browser-test",
                                "register",
                                "unregister",
                                "doctor",
                                "doctor browsers"}) {
        const auto spanish = test::run("LC_ALL=es_ES.UTF-8 " ACREDITA " " + std::string(command) + " --help");
        const auto english = test::run("LC_ALL=C " ACREDITA " " + std::string(command) + " --help");
        BOOST_TEST(spanish.code == 0, command);
        BOOST_TEST(english.code == 0, command);
        BOOST_TEST(spanish.output.find("Uso:") != std::string::npos, spanish.output);
        BOOST_TEST(english.output.find("Usage:") != std::string::npos, english.output);
        BOOST_TEST(spanish.output.find("cli.") == std::string::npos, spanish.output);
        BOOST_TEST(english.output.find("cli.") == std::string::npos, english.output);
    }
}

BOOST_AUTO_TEST_SUITE_END()
