// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals on a card with no place for both keys.
#include "tests/tools/cli/renewal_bench.hpp"

#include <algorithm>
#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

std::string from_line(const RenewalDesk& desk, const std::string& descriptor, const std::string& text) {
    const auto file = desk / ("line" + descriptor);
    std::ofstream(file) << text << '\n';
    return " " + descriptor + "<'" + file.string() + "'";
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_without_room)

BOOST_AUTO_TEST_CASE(lets_the_old_key_sign_before_the_new_one_takes_its_place) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice({"piv:firmware=pivapplet"});
    // The other places are somebody's: certificates that end later.
    BOOST_REQUIRE(desk.load(old) == 0);
    std::size_t count = 1;
    for (; count < 30; ++count) {
        const auto other = desk.person("other" + std::to_string(count), "p256", -1, 800, "00000001R");
        if (desk.load(other) != 0) break;
    }
    const auto before = desk.on_card();
    BOOST_REQUIRE(before.size() == count);
    BOOST_REQUIRE(desk.start(renewed, "--certificate 1") == 0);
    BOOST_TEST(desk.answer["renewal"]["path"] == "in_place");
    BOOST_TEST(desk.state() == "reviewed");
    const auto receive = "receive '" + renewed.backup.string() + "' --passphrase-fd 3" +
                         from_line(desk, "3", renewed.password);
    BOOST_TEST(desk.renew(receive) == 69); // it would destroy the key that has to sign
    BOOST_TEST(desk.error() == "renewal.out_of_order");
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.state() == "first_signed");
    BOOST_REQUIRE(desk.renew(receive) == 0);
    BOOST_TEST(desk.state() == "key_ready");
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.judged(desk.answer["signed"].get<std::string>()) == "");
    BOOST_REQUIRE(desk.finish() == 0);
    auto after = desk.on_card();
    BOOST_TEST(after.size() == count);
    BOOST_TEST((std::ranges::find(after, fingerprint_of(old.certificate)) == after.end()));
    BOOST_TEST((std::ranges::find(after, fingerprint_of(renewed.certificate)) != after.end()));
}

BOOST_AUTO_TEST_CASE(makes_no_key_that_would_destroy_the_old_one) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20);
    const Practice practice({"piv:firmware=pivapplet"});
    BOOST_REQUIRE(desk.load(old) == 0);
    for (int i = 0;
         i < 30 && desk.load(desk.person("other" + std::to_string(i), "p256", -1, 800, "00000001R")) == 0;
         ++i) {
    }
    BOOST_TEST(
        desk.renew("start --request --key p256 --certificate 1 --email a@b.es --email-again a@b.es --yes") ==
        35);
    BOOST_TEST(desk.error() == "renewal.no_spare_place");
}

BOOST_AUTO_TEST_SUITE_END()
