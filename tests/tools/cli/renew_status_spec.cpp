// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person at the desk is told of certificates that end, and of a renewal that waits.
#include "tests/tools/cli/renewal_bench.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <stdlib.h>

namespace {

using namespace acredita;
using namespace acredita::test;

std::string content(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(the_status_of_a_card)

BOOST_AUTO_TEST_CASE(tells_how_each_certificate_stands) {
    RenewalDesk desk;
    const Practice practice;
    for (const auto& [name, to] : {std::pair{"ended", -5}, {"ending", 20}, {"long", 400}})
        BOOST_REQUIRE(desk.load(desk.person(name, "p256", -1000, to)) == 0);
    BOOST_REQUIRE(desk.acredita("renew status --json") == 0);
    const auto& all = desk.answer["certificates"];
    BOOST_REQUIRE(all.size() == 3U);
    std::vector<std::string> standings;
    for (const auto& one : all) standings.push_back(one["standing"].get<std::string>());
    BOOST_TEST(standings == (std::vector<std::string>{"expired", "ends_soon", "valid"}),
               boost::test_tools::per_element());
    BOOST_TEST(desk.answer["renewal"].is_null());
    const auto page = desk.page("renew status");
    BOOST_TEST((has(page, "ended 4 days ago") || has(page, "ended 5 days ago")));
    BOOST_TEST(has(page, "So do others on this card"));
    BOOST_TEST(has(page, "no need to revoke"));
    const auto spanish = desk.page("renew status", "es_ES.UTF-8");
    BOOST_TEST(has(spanish, "También otros de esta tarjeta"));
    // It must be certain which one is meant.
    BOOST_TEST(desk.renew("start --request --key p256 --email a@b.es --email-again a@b.es --yes") == 18);
    BOOST_TEST(desk.error() == "renewal.several_old");
}

BOOST_AUTO_TEST_CASE(tells_what_to_expect_while_it_waits) {
    RenewalDesk desk("[renewal]\nauthority = \"AC de pruebas\"\nsender = \"avisos@ac.example\"\n");
    const auto old = desk.person("old", "p256", -1400, 20);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.renew("start --request --key p256 --email lucia@universidad.example --email-again "
                             "lucia@universidad.example --yes") == 0);
    BOOST_REQUIRE(desk.letter() == 0);
    const auto notice = desk.answer["notice"].get<std::string>();
    for (const auto* part :
         {"AC de pruebas", "avisos@ac.example", "lu…@universidad.example", "never asks for a password",
          "the NEW one", "a name that differs", "Nobody can remind you"})
        BOOST_TEST(has(notice, part), part);
    BOOST_TEST(!has(notice, "lucia@"));
    BOOST_TEST(content(desk.answer["notice_file"].get<std::string>()) == notice);
    const auto head = desk.answer["journal_head"].get<std::string>();
    BOOST_TEST(has(notice, head));
    desk.acredita("renew status --json");
    BOOST_TEST(notice.starts_with(desk.answer["notice"].get<std::string>())); // and the head of the journal
    BOOST_TEST(desk.acredita("journal verify --json --head " + head) == 0);
    // It is the first thing that any look at the card shows.
    desk.acredita("card --json");
    BOOST_TEST(desk.state() == "waiting");
    BOOST_TEST(desk.page("card").starts_with("Renewal number 1"));
}

BOOST_AUTO_TEST_CASE(needs_an_office_that_remembers) {
    RenewalDesk desk;
    const Practice practice;
    ::unsetenv("ACREDITA_OFFICE");
    BOOST_TEST(desk.acredita("renew status --json") == 91);
}

BOOST_AUTO_TEST_SUITE_END()
