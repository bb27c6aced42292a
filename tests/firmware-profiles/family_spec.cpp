// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The families of cards that cannot be served, and the rules about answers to reset.
#include "firmware-profiles/profile/atr.hpp"
#include "firmware-profiles/profile/load_family.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::profile;

namespace {

std::string family(std::string_view atr) {
    const auto* found = family_of(built_in_families(), from_hex(atr).value());
    return found == nullptr ? "none" : std::string(found->name);
}

const std::string good = "[[family]]\nname = \"x\"\ntitle = \"X\"\nverdict = \"no-application\"\n"
                         "source = \"seen\"\natr = [{ value = \"3B00\" }]\n";

std::string first_mistake(const std::string& text) {
    const auto checked = check_families(text, "f.toml");
    return checked.mistakes.empty() ? "none" : describe(checked.mistakes.front());
}

std::string spoiled(const std::string& from, const std::string& to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

BOOST_AUTO_TEST_SUITE(families)

BOOST_AUTO_TEST_CASE(are_told_by_their_answer_to_reset) {
    BOOST_TEST(family("3B6F00008066 4546013818035302312482 9000") == "wg10");
    BOOST_TEST(family("3B68000080664546 01381803") == "wg10");
    BOOST_TEST(family("3B6F000000664D4531B103015308 6104F09000") == "mmar");
    BOOST_TEST(family("3B6800008066A20308013107") == "a203");
    BOOST_TEST(family("3B6F00008066A20302023D0753023110829000") == "a203");
    BOOST_TEST(family("3B8F8001804F0CA000000306030002000000 0069") == "memory");
    BOOST_TEST(family("3B6800008066B00701017707") == "tui-r5");
    BOOST_TEST(family("3B6F00008066B0070101770753023124829000") == "tui-r5");
    BOOST_TEST(family("3B6800008066B00701010707") == "tui-r7");
    BOOST_TEST(family("3B6E000080318066B0840C016E0183009000") == "tui-r7");
    BOOST_TEST(family("3B6F00008031C052 35316405666152838390 00") == "advantis");
    BOOST_TEST(family("3BFF1800FF8131FE55006B42495434494420322E3000900092") == "bit4id");
    BOOST_TEST(family("3B9F1181 31FE9F006B42495434494420332E30009000CF") == "bit4id");
    BOOST_TEST(family("3BFF1800008131FE55006B02090503010101434E5310318064") == "bit4id-cns");
    BOOST_TEST(family("3B7F96000080318065B0855956FB120FFE829000") == "idprime");
    BOOST_TEST(family("3BD218008131FE58C90114") == "cardos");
    BOOST_TEST(family("3BF99600008131FE4553434537200E00202028") == "starsign");
    BOOST_TEST(family("3B7F960000006A444E49652001015504210390 00") == "dnie");
    BOOST_TEST(family("3B888001E1F35E1177818700 12") == "dnie");
    BOOST_TEST(family("3B00") == "none");
    BOOST_TEST(family("") == "none");
}

BOOST_AUTO_TEST_CASE(of_one_chip_are_told_by_the_version_in_it) {
    BOOST_TEST(family("3B7F960000006A464E4D54030411430430039000") == "ceres-430");
    BOOST_TEST(family("3B7F960000006A464E4D54000200B80566039000") == "ceres-430");
    BOOST_TEST(family("3B7F960000006A464E4D54030411430429039000") == "none");
}

BOOST_AUTO_TEST_CASE(that_sign_nothing_are_documented_and_those_that_may_name_a_module) {
    for (const auto& one : built_in_families()) {
        BOOST_TEST(!one.source.empty(), one.name);
        BOOST_TEST((one.verdict == Verdict::makers_module) == !one.modules.empty(), one.name);
        BOOST_TEST((one.verdict != Verdict::unknown), one.name);
    }
    for (const auto* name : {"ceres-430", "dnie"})
        for (const auto& one : built_in_families())
            if (one.name == name) BOOST_TEST(one.import_never);
}

BOOST_AUTO_TEST_CASE(with_a_mistake_are_named_by_file_and_line) {
    BOOST_TEST(first_mistake(good) == "none");
    BOOST_TEST(first_mistake("") == "f.toml:0: profile.missing_key: family");
    BOOST_TEST(first_mistake(spoiled("no-application", "perhaps")) ==
               "f.toml:4: profile.unknown_word: family.verdict");
    BOOST_TEST(first_mistake(spoiled("\"no-application\"", "\"makers-module\"")) ==
               "f.toml:1: profile.contradiction: family.modules");
    BOOST_TEST(first_mistake(spoiled("3B00", "3B")) == "f.toml:6: profile.out_of_range: family.atr.value");
    BOOST_TEST(first_mistake(spoiled("\"3B00\"", "\"3B00\", at = 1")) ==
               "f.toml:6: profile.missing_key: family.atr.from");
    BOOST_TEST(first_mistake(spoiled("\"3B00\"", "\"3B00\", at = 2, from = \"01\"")) ==
               "f.toml:6: profile.out_of_range: family.atr.at");
    BOOST_TEST(first_mistake(spoiled("\"3B00\"", "\"3B00\", at = 1, from = \"02\", below = \"02\"")) ==
               "f.toml:6: profile.contradiction: family.atr.below");
    BOOST_TEST(first_mistake(good + spoiled("\"x\"", "\"y\"")) == "f.toml:7: profile.overlap: x");
    BOOST_TEST(first_mistake(good + "[other]\n") == "f.toml:7: profile.unknown_key: other");
}

BOOST_AUTO_TEST_CASE(apart_by_their_version_do_not_overlap) {
    const auto two = [](const std::string& first, const std::string& second) {
        return first_mistake(
            spoiled("\"3B00\"", "\"3B00\", mask = \"FF00\", at = 1, " + first) +
            "[[family]]\nname = \"y\"\ntitle = \"Y\"\nverdict = \"no-application\"\nsource = "
            "\"seen\"\natr = [{ value = \"3B00\", mask = \"FF00\", at = 1, " +
            second + " }]\n");
    };
    BOOST_TEST(two("below = \"30\"", "from = \"30\"") == "none");
    BOOST_TEST(two("below = \"31\"", "from = \"30\"") == "f.toml:7: profile.overlap: x");
    BOOST_TEST(two("from = \"30\"", "below = \"30\"") == "none");
}

BOOST_AUTO_TEST_SUITE_END()
