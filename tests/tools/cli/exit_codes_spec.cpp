// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// docs/cli.md and the catalogue name the same codes.
#include <filesystem>
#include <fstream>
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

BOOST_AUTO_TEST_SUITE_END()
