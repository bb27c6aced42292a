// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals from the command line: one visit, with the old key on the card or in its backup.
#include "tests/support/drawn.hpp"
#include "tests/tools/cli/renewal_bench.hpp"
#include "tests/tools/office/engines.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

struct Kinds {
    const char *card, *old, *renewed;
};
std::ostream& operator<<(std::ostream& to, const Kinds& kinds) {
    return to << kinds.card << " " << kinds.old << " " << kinds.renewed;
}
const Kinds all_kinds[] = {
    {"piv:firmware=5.4", "rsa:2048", "p256"},     {"piv:firmware=5.7", "p256", "rsa:2048"},
    {"piv:firmware=4.3", "rsa:2048", "rsa:2048"}, {"piv:firmware=pivapplet", "p256", "p256"},
    {"isoapplet:version=1", "rsa:2048", "p256"},  {"openpgp:firmware=smartpgp", "rsa:2048", "rsa:2048"}};

const std::vector<std::string> issued_path{"renew.start",           "renew.load_key",    "renew.make_first",
                                           "renew.sign_first",      "renew.make_second", "renew.sign_second",
                                           "renew.confirm_portals", "renew.remove_old"};

std::vector<std::string> steps(const std::vector<std::string>& journal) {
    std::vector<std::string> all;
    for (const auto& action : journal)
        if (action.starts_with("renew.")) all.push_back(action);
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_in_one_visit)

BOOST_DATA_TEST_CASE(with_the_old_key_on_the_card_ends_with_the_new_one_alone,
                     boost::unit_test::data::make(all_kinds), kinds) {
    RenewalDesk desk;
    const auto old = desk.person("old", kinds.old, -1400, 20);
    const auto renewed = desk.person("new", kinds.renewed, -1, 1460);
    const Practice practice({kinds.card});
    BOOST_REQUIRE(desk.load(old) == 0);

    BOOST_REQUIRE(desk.start(renewed) == 0);
    BOOST_TEST(desk.state() == "key_ready");
    BOOST_TEST(desk.answer["renewal"]["light"] == "amber");
    BOOST_TEST(desk.on_card().size() == 2U);

    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.state() == "first_signed");
    const fs::path first = desk.answer["signed"].get<std::string>();
    BOOST_TEST(desk.judged(first) == "");

    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.state() == "second_signed");
    BOOST_TEST(desk.answer["renewal"]["light"] == "green");
    const fs::path second = desk.answer["signed"].get<std::string>();
    BOOST_TEST(desk.judged(second) == "");
    BOOST_TEST(shows_its_signature(second));
    BOOST_TEST(desk.text_of(second).find("made outside of the card") != std::string::npos);
    const auto signer = [](const fs::path& letter) {
        return run("pdfsig '" + letter.string() + "' 2>&1").output;
    };
    BOOST_TEST(signer(first).find("Not total document") == std::string::npos);

    BOOST_REQUIRE(desk.finish() == 0);
    BOOST_TEST(desk.state() == "finished");
    BOOST_TEST(desk.answer["removal"]["certificates"] == 1);
    BOOST_TEST(desk.answer["removal"]["keys"] == 1);
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(renewed.certificate)},
               boost::test_tools::per_element());
    BOOST_TEST(steps(desk.journal()) == issued_path, boost::test_tools::per_element());
    BOOST_TEST(desk.renew("finish --yes") == 69);
    BOOST_TEST(desk.error() == "renewal.no_case");
}

BOOST_AUTO_TEST_CASE(with_the_old_key_in_its_backup_needs_nothing_of_it_on_the_card) {
    for (const auto* kind : {"rsa:2048", "p256"}) {
        RenewalDesk desk;
        const auto old = desk.person("old", kind, -1400, -3); // ended three days ago
        const auto renewed = desk.person("new", "p256", -1, 1460);
        const Practice practice({"piv:firmware=5.4"});
        const auto password = desk / "password";
        BOOST_REQUIRE(run("printf '%s\\n' '" + old.password + "' > '" + password.string() + "'").code == 0);
        const auto by_backup =
            "--old-backup '" + old.backup.string() + "' --old-passphrase-fd 5 5<'" + password.string() + "'";
        BOOST_REQUIRE(desk.start(renewed, by_backup) == 0);
        BOOST_TEST(desk.on_card().size() == 1U);
        BOOST_TEST(desk.letter() == 58); // without it nobody can sign the first
        BOOST_TEST(desk.error() == "renewal.old_key_missing");
        BOOST_REQUIRE(desk.letter(by_backup) == 0);
        BOOST_TEST(desk.state() == "first_signed");
        BOOST_TEST(desk.judged(desk.answer["signed"].get<std::string>()) == "");
        BOOST_REQUIRE(desk.letter() == 0);
        BOOST_TEST(desk.judged(desk.answer["signed"].get<std::string>()) == "");
        BOOST_REQUIRE(desk.finish() == 0);
        BOOST_TEST(desk.answer["removal"]["certificates"] == 0);
        BOOST_TEST(desk.state() == "finished");
    }
}

BOOST_AUTO_TEST_CASE(is_the_same_with_a_server_for_several_kiosks) {
    const auto connection = new_connection(office::Engine::postgresql);
    if (connection.target.empty()) return;
    RenewalDesk desk("", "postgresql:" + connection.target);
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    for (int i = 0; i < 2; ++i) BOOST_REQUIRE(desk.letter() == 0);
    BOOST_REQUIRE(desk.finish() == 0);
    BOOST_TEST(desk.state() == "finished");
    BOOST_TEST(steps(desk.journal()) == issued_path, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
