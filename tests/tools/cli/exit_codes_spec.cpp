// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// docs/cli.md and the catalogue name the same codes.
#include "tools/catalogue/catalogue.hpp"
#include "tools/p12/errc.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <boost/test/unit_test.hpp>

namespace {

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::set<int> numbers(const std::string& text, const std::string& pattern) {
    std::set<int> found;
    const std::regex expression(pattern, std::regex::multiline);
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
        found.insert(std::stoi((*at)[1]));
    return found;
}

// "| code | `outcome` |" of the table of backups.
std::map<std::string, unsigned> documented_outcomes() {
    const auto text = content(SOURCE_DIR "/docs/cli.md");
    const std::regex row("^\\| (\\d+) \\| `(\\w+)` \\|", std::regex::multiline);
    std::map<std::string, unsigned> found;
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at)
        found[(*at)[2]] = static_cast<unsigned>(std::stoul((*at)[1]));
    return found;
}

std::set<int> codes_of_the_catalogue() {
    std::set<int> codes;
    for (const auto& file : std::filesystem::directory_iterator(SOURCE_DIR "/tools/catalogue/texts"))
        codes.merge(numbers(content(file.path()), "^code = (\\d+)$"));
    return codes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_exit_codes)

BOOST_AUTO_TEST_CASE(of_the_catalogue_and_of_the_documentation_are_the_same) {
    const auto documented = numbers(content(SOURCE_DIR "/docs/cli.md"), "^\\| (\\d+) \\|");
    const auto used = codes_of_the_catalogue();
    BOOST_TEST(used.size() > 30U);
    BOOST_TEST(documented == used, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_every_outcome_of_a_backup_are_documented) {
    using acredita::p12::p12_errc;
    auto documented = documented_outcomes();
    for (const auto& row : acredita::ErrorTable<p12_errc>::rows) {
        const auto error = acredita::fail(row.value).value();
        const auto code = acredita::catalogue::message(error, acredita::catalogue::Language::english).code;
        BOOST_TEST(documented[std::string(row.name)] == code, row.name);
        BOOST_TEST(code < 126U); // a shell's own begin there
    }
    BOOST_TEST(documented.size() == std::size(acredita::ErrorTable<p12_errc>::rows));
}

BOOST_AUTO_TEST_CASE(tell_the_outcomes_of_backups_apart) {
    std::map<unsigned, std::set<std::string>> sharing;
    for (const auto& [outcome, code] : documented_outcomes()) sharing[code].insert(outcome);
    const std::set<std::string> without_key = {"certificate_only", "no_private_key", "pkcs7_only"};
    for (const auto& [code, outcomes] : sharing)
        BOOST_TEST((outcomes.size() == 1 || outcomes == without_key), code);
}

BOOST_AUTO_TEST_SUITE_END()
