// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals that are killed: between any two steps, at any moment of one, and with the card torn out. The same
// command, given again, goes on.
#include "tests/tools/cli/renewal_bench.hpp"

#include <fstream>
#include <functional>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

const std::string who = " --email lucia@universidad.example --email-again lucia@universidad.example --yes ";

std::string line(const RenewalDesk& desk, const std::string& name, const std::string& text) {
    const auto file = desk / name;
    std::ofstream(file) << text << '\n';
    return "'" + file.string() + "'";
}

// Does it once, forgets that it was done, and does it again: what a kill before the last commit leaves.
void twice(RenewalDesk& desk, const std::function<int()>& act, const std::string& state) {
    const auto before = desk.remember();
    BOOST_REQUIRE(act() == 0);
    BOOST_REQUIRE_EQUAL(desk.state(), state);
    desk.forget_since(before);
    BOOST_REQUIRE(act() == 0);
    BOOST_REQUIRE_EQUAL(desk.state(), state);
}

// Kills the command later and later until it comes through; each time it begins where the last one was
// killed.
void until_it_lives(RenewalDesk& desk, const std::string& arguments, const std::string& state) {
    for (int tenths = 1; tenths < 300; ++tenths) {
        const auto delay =
            std::to_string(tenths / 20) + "." + std::to_string(100 + tenths % 20 * 5).substr(1);
        desk.killed_after(delay, "renew " + arguments);
        desk.acredita("renew status --json");
        if (desk.state() == state) return;
    }
    BOOST_FAIL(arguments << " never came through");
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_that_is_killed)

BOOST_AUTO_TEST_CASE(before_a_step_was_recorded_takes_it_again) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice({"piv:firmware=5.4"});
    BOOST_REQUIRE(desk.load(old) == 0);
    twice(
        desk, [&] { return desk.start(renewed, "--certificate 1"); }, "key_ready");
    BOOST_TEST(desk.on_card().size() == 2U);
    twice(
        desk, [&] { return desk.letter("--only-make"); }, "first_made");
    const auto made = desk.answer["letter"].get<std::string>();
    fs::remove(made); // killed between the record and the file: the same letter is made again
    twice(
        desk, [&] { return desk.letter(); }, "first_signed");
    BOOST_TEST(desk.judged(desk.answer["signed"].get<std::string>()) == "");
    twice(
        desk, [&] { return desk.letter("--only-make"); }, "second_made");
    twice(
        desk, [&] { return desk.letter(); }, "second_signed");
    BOOST_TEST(desk.judged(desk.answer["signed"].get<std::string>()) == "");
    twice(
        desk, [&] { return desk.finish(); }, "finished");
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(renewed.certificate)},
               boost::test_tools::per_element());
    BOOST_TEST(desk.acredita("journal verify --json") == 0);
}

BOOST_AUTO_TEST_CASE(of_the_other_path_before_a_step_was_recorded_takes_it_again) {
    RenewalDesk desk;
    const auto old = desk.person("old", "rsa:2048", -1400, 20);
    const Practice practice({"piv:firmware=5.7"});
    BOOST_REQUIRE(desk.load(old) == 0);
    twice(
        desk, [&] { return desk.renew("start --request --key p256" + who); }, "key_ready");
    const auto certificate = desk.certify(desk.answer["request"].get<std::string>(), "new");
    twice(
        desk, [&] { return desk.letter(); }, "waiting");
    twice(
        desk, [&] { return desk.renew("receive '" + certificate.string() + "'"); }, "certified");
    twice(
        desk, [&] { return desk.letter(); }, "second_signed");
    twice(
        desk, [&] { return desk.finish(); }, "finished");
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(certificate)}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(at_any_moment_goes_on_with_the_same_command) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice({"piv:firmware=5.4"});
    BOOST_REQUIRE(desk.load(old) == 0);
    const auto password = line(desk, "password", renewed.password), pin = line(desk, "pin", "123456");
    const auto folder = " --folder '" + desk.letters().string() + "' --pin-fd 4 4<" + pin;
    const auto office = " --office '" + (desk / "letters.toml").string() + "'" + folder;
    until_it_lives(
        desk, "start '" + renewed.backup.string() + "'" + who + "--passphrase-fd 3 3<" + password + folder,
        "key_ready");
    until_it_lives(desk, "letter" + office, "first_signed");
    until_it_lives(desk, "letter" + office, "second_signed");
    for (const auto& letter : fs::directory_iterator(desk.letters()))
        if (letter.path().string().ends_with("-firmada.pdf")) BOOST_TEST(desk.judged(letter.path()) == "");
    until_it_lives(desk, "finish --portals-done --yes --pin-fd 4 4<" + pin, ""); // nothing is open any more
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(renewed.certificate)},
               boost::test_tools::per_element());
    BOOST_TEST(desk.acredita("journal verify --json") == 0);
}

BOOST_AUTO_TEST_CASE(by_a_card_torn_out_while_the_old_key_goes_is_finished_afterwards) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice({"piv:firmware=5.7"});
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    for (int i = 0; i < 2; ++i) BOOST_REQUIRE(desk.letter() == 0);
    int code = 1;
    unsigned torn = 0;
    for (std::uint64_t exchange = 1; code != 0 && exchange < 400; exchange += 9, ++torn) {
        BOOST_REQUIRE(practice->reset_exchanges(0).has_value());
        BOOST_REQUIRE(practice->tear_at(0, practice::Tear{.exchange = exchange}).has_value());
        code = desk.finish();
        BOOST_REQUIRE(practice->tear_at(0, std::nullopt).has_value());
        static_cast<void>(practice->insert(0));
    }
    BOOST_TEST(torn > 5U);
    BOOST_TEST(desk.state() == "finished");
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(renewed.certificate)},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
