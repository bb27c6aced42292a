// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What goes wrong in a renewal, and that it ends in words and not in a muddle.
#include "tests/tools/cli/renewal_bench.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

const std::string user_is_supervisor = "[roles]\n\"" + [] {
    auto name = run("id -un").output;
    name.erase(name.find_last_not_of(" \n") + 1);
    return name;
}() + "\" = \"supervisor\"\n";
const std::string by_policy = "[renewal]\npolicy = \"";

std::string from_line(const RenewalDesk& desk, const std::string& descriptor, const std::string& text) {
    const auto file = desk / ("line" + descriptor);
    std::ofstream(file) << text << '\n';
    return " " + descriptor + "<'" + file.string() + "'";
}

// start with a password that is not the one of the backup.
int start_with(RenewalDesk& desk, const Person& renewed, const std::string& password,
               const std::string& more) {
    return desk.renew("start '" + renewed.backup.string() + "' --email a@b.es --email-again a@b.es --yes " +
                      more + " --passphrase-fd 3" + from_line(desk, "3", password));
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_that_is_disturbed)

BOOST_AUTO_TEST_CASE(by_the_wrong_letter_begins_its_letters_again_and_keeps_its_key) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    BOOST_REQUIRE(desk.letter("--only-make") == 0);
    BOOST_TEST(desk.state() == "first_made");
    const fs::path made = desk.answer["letter"].get<std::string>();
    const auto folio = desk.answer["renewal"]["folio"].get<std::string>();
    std::ofstream(made, std::ios::app) << "% and a promise nobody has read\n";
    BOOST_TEST(desk.letter() == 71);
    BOOST_TEST(desk.error().starts_with("match."));
    BOOST_TEST(desk.on_card().size() == 2U);
    BOOST_TEST(desk.state() == "key_ready");
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.answer["renewal"]["folio"] != folio);

    // The second, too; the first is signed again then.
    BOOST_REQUIRE(desk.letter("--only-make") == 0);
    const fs::path second = desk.answer["letter"].get<std::string>();
    fs::copy_file(made, second, fs::copy_options::overwrite_existing);
    BOOST_TEST(desk.letter() == 71);
    desk.acredita("renew status --json");
    BOOST_TEST(desk.state() == "key_ready");
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.state() == "second_signed");
}

BOOST_AUTO_TEST_CASE(by_the_loss_of_the_first_letter_begins_again_when_somebody_says_so) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    BOOST_REQUIRE(desk.letter() == 0);
    fs::remove(desk.answer["signed"].get<std::string>());
    BOOST_TEST(desk.letter() == 55);
    BOOST_TEST(desk.error() == "renewal.letter_missing");
    BOOST_REQUIRE(desk.letter("--again") == 0);
    BOOST_TEST(desk.state() == "first_signed");
    BOOST_REQUIRE(desk.letter() == 0);
}

BOOST_AUTO_TEST_CASE(by_a_portal_that_nobody_has_been_to_keeps_the_old_key) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    for (int i = 0; i < 2; ++i) BOOST_REQUIRE(desk.letter() == 0);
    desk.acredita("renew status --json");
    const auto portals = desk.answer["portals"].get<std::vector<std::string>>();
    BOOST_REQUIRE(portals.size() > 1U);
    BOOST_TEST(desk.finish("--yes") == 69);
    BOOST_TEST(desk.error() == "renewal.portals_open");
    BOOST_TEST(desk.finish("--yes --portal nowhere") == 93);
    BOOST_TEST(desk.error() == "renewal.portal_unknown");
    BOOST_TEST(desk.finish("--yes --portal " + portals.front()) == 69); // that one is noted
    desk.acredita("renew status --json");
    BOOST_TEST(desk.answer["portals"].size() == portals.size() - 1);
    BOOST_TEST(desk.on_card().size() == 2U);
    std::string rest = "--yes";
    for (std::size_t i = 1; i < portals.size(); ++i) rest += " --without-portal " + portals[i];
    BOOST_TEST(desk.finish(rest) == 0);
    BOOST_TEST(desk.state() == "finished");
}

BOOST_AUTO_TEST_CASE(by_the_old_password_says_so) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    const auto both = "--old-backup '" + old.backup.string() + "' --old-passphrase-fd 5" +
                      from_line(desk, "5", old.password);
    BOOST_TEST(start_with(desk, renewed, old.password, both) == 52);
    BOOST_TEST(desk.error() == "renewal.old_password");
    BOOST_TEST(start_with(desk, renewed, "neither", both) == 52);
    BOOST_TEST(desk.error() == "p12.wrong_password");
    BOOST_TEST(start_with(desk, renewed, renewed.password, both) == 0);
}

BOOST_AUTO_TEST_CASE(by_a_file_that_is_not_the_new_one_begins_nothing) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20);
    const auto other = desk.person("other", "p256", -1, 1460, "00000001R");
    const auto shorter = desk.person("shorter", "p256", -1, 10);
    const auto weak = desk.person("weak", "rsa:1024", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_TEST(desk.start(old) == 58);
    BOOST_TEST(desk.error() == "renewal.old_certificate");
    BOOST_TEST(desk.start(other) == 17);
    BOOST_TEST(desk.error() == "renewal.other_person");
    BOOST_TEST(desk.start(shorter) == 58);
    BOOST_TEST(desk.error() == "renewal.not_newer");
    BOOST_TEST(desk.start(weak) == 26);
    BOOST_TEST(desk.error() == "renewal.weak_key");
    // The old key under a new certificate is no renewal.
    auto again = old;
    const auto request = desk / "again.p10";
    BOOST_REQUIRE(run("openssl req -new -key '" + old.key.string() + "' -subj /CN=x -outform DER -out '" +
                      request.string() + "'")
                      .code == 0);
    again.certificate = desk.certify(request, "again");
    again.backup = desk / "again.p12";
    BOOST_REQUIRE(run("openssl pkcs12 -export -inkey '" + old.key.string() + "' -in '" +
                      again.certificate.string() + "' -passout 'pass:" + again.password + "' -out '" +
                      again.backup.string() + "'")
                      .code == 0);
    BOOST_TEST(desk.start(again) == 17);
    BOOST_TEST(desk.error() == "document.same_key");
    desk.acredita("renew status --json");
    BOOST_TEST(desk.answer["renewal"].is_null());
    BOOST_TEST(desk.on_card().size() == 1U);
}

BOOST_AUTO_TEST_CASE(by_a_no_at_the_review_leaves_nothing_behind) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    const auto start = [&](const std::string& options) {
        return desk.renew("start '" + renewed.backup.string() + "' " + options + " --passphrase-fd 3" +
                          from_line(desk, "3", renewed.password));
    };
    BOOST_TEST(start("--email a@b.es --email-again a@b.es") == 45); // nobody there to say yes
    BOOST_TEST(desk.error() == "renewal.not_agreed");
    BOOST_TEST(start("--yes --email a@b.es --email-again b@b.es") == 93);
    BOOST_TEST(desk.error() == "renewal.emails_differ");
    BOOST_TEST(start("--yes --email a@b --email-again a@b") == 93);
    BOOST_TEST(desk.error() == "renewal.email_malformed");
    BOOST_TEST(start("--yes --email a@b.es --email-again a@b.es --phone 12") == 93);
    BOOST_TEST(desk.error() == "renewal.phone_malformed");
    desk.acredita("renew status --json");
    BOOST_TEST(desk.answer["renewal"].is_null());
    BOOST_TEST(desk.on_card().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_policy_of_an_office)

BOOST_AUTO_TEST_CASE(of_fnmt_keeps_to_the_window_and_to_once) {
    RenewalDesk desk(by_policy + "fnmt\"\n");
    const auto early = desk.person("early", "p256", -1, 100), late = desk.person("late", "p256", -1400, -1),
               due = desk.person("due", "p256", -1400, 30);
    const auto renewed = desk.person("new", "p256", -1300, 50),
               newest = desk.person("newest", "p256", -1, 1460);
    for (const auto& [old, name] :
         {std::pair{early, "renewal.too_early"}, {late, "renewal.expired_refused"}}) {
        const Practice practice;
        BOOST_REQUIRE(desk.load(old) == 0);
        BOOST_TEST(desk.start(newest) == 57);
        BOOST_TEST(desk.error() == name);
    }
    const Practice practice;
    BOOST_REQUIRE(desk.load(due) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    for (int i = 0; i < 2; ++i) BOOST_REQUIRE(desk.letter() == 0);
    BOOST_REQUIRE(desk.finish() == 0);
    BOOST_TEST(desk.start(newest) == 57); // the new one came of a renewal
    BOOST_TEST(desk.error() == "renewal.renewed_before");
}

BOOST_AUTO_TEST_CASE(with_a_supervisor_asks_for_one_and_for_a_reason) {
    const auto rule = by_policy + "supervisor\"\n";
    {
        RenewalDesk desk(rule);
        const auto old = desk.person("old", "p256", -1, 400), renewed = desk.person("new", "p256", -1, 1460);
        const Practice practice;
        BOOST_REQUIRE(desk.load(old) == 0);
        BOOST_TEST(desk.start(renewed, "--reason 'change of surname'") == 57);
        BOOST_TEST(desk.error() == "renewal.supervisor_needed");
    }
    RenewalDesk desk(rule + user_is_supervisor);
    const auto old = desk.person("old", "p256", -1, 400), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_TEST(desk.start(renewed) == 57);
    BOOST_TEST(desk.error() == "renewal.reason_needed");
    BOOST_TEST(desk.start(renewed, "--reason 'change of surname'") == 0);
}

BOOST_AUTO_TEST_CASE(lets_a_supervisor_alone_say_that_a_key_is_lost) {
    {
        RenewalDesk desk;
        const auto old = desk.person("old", "p256", -1400, 20),
                   renewed = desk.person("new", "p256", -1, 1460);
        const Practice practice;
        BOOST_REQUIRE(desk.load(old) == 0);
        BOOST_REQUIRE(desk.start(renewed) == 0);
        BOOST_TEST(desk.renew("abandon --old-key-lost --reason 'PIN blocked' --yes") == 57);
        BOOST_TEST(desk.error() == "renewal.supervisor_needed");
    }
    RenewalDesk desk(user_is_supervisor);
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    BOOST_TEST(desk.renew("abandon --old-key-lost --yes") == 57);
    BOOST_REQUIRE(desk.renew("abandon --old-key-lost --reason 'PIN blocked' --yes") == 0);
    BOOST_TEST(desk.state() == "old_key_lost");
    BOOST_TEST(desk.on_card().size() == 2U); // nothing is taken away
}

BOOST_AUTO_TEST_CASE(keeps_one_renewal_for_each_person) {
    RenewalDesk desk(user_is_supervisor);
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    int number = 0;
    {
        const Practice first({"piv:serial=1111"});
        BOOST_REQUIRE(desk.load(old) == 0);
        BOOST_REQUIRE(desk.start(renewed) == 0);
        number = desk.answer["renewal"]["case"].get<int>();
        BOOST_TEST(desk.start(renewed) == 69); // it is offered, not begun twice
        BOOST_TEST(desk.error() == "office.case_open");
        BOOST_TEST(desk.state() == "key_ready");
    }
    const Practice other({"piv:serial=2222"}); // the first card was lost
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_TEST(desk.start(renewed) == 69);
    BOOST_TEST(desk.error() == "renewal.other_case");
    BOOST_REQUIRE(desk.renew("abandon --case " + std::to_string(number) + " --reason 'card lost'") == 0);
    BOOST_TEST(desk.start(renewed) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
