// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load.hpp"
#include "firmware-profiles/profile/match.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::profile;

namespace {

const Bytes aid = from_hex("A000000308").value();
const Bytes silent = from_hex("61114F0600001000010079074F05A000000308").value();
Bytes labelled(std::string_view label) {
    Bytes inner{0x4F, 0x01, 0x00, 0x50, static_cast<std::uint8_t>(label.size())};
    append(inner, as_bytes(label));
    Bytes whole{0x61, static_cast<std::uint8_t>(inner.size())};
    append(whole, inner);
    return whole;
}

std::string matched(std::string_view atr, ByteView answer, std::uint16_t sw = 0x9000) {
    const auto bytes = from_hex(atr).value();
    const SelectAnswer answers[] = {{aid, StatusWord{sw}, answer}};
    const auto* found = match(built_in(), bytes, answers);
    return found == nullptr ? "none" : std::string(found->name);
}

// A whole profile, line by line, so that each test can spoil one.
std::vector<std::string> lines() {
    return {
        /* 1 */ "name = \"x\"",
        /* 2 */ "title = \"X\"",
        /* 3 */ "evidence = \"card\"",
        /* 4 */ "source = \"tried\"",
        /* 5 */ "operations = [\"ecdsa\"]",
        /* 6 */ "algorithms = [{ type = \"ec\", bits = 256, id = 0x11, use = true }]",
        /* 7 */
        "places = [{ key = 0x9A, purpose = \"authentication\", certificate = 0x5FC105, pin_policy = \"once\" "
        "}]",
        /* 8 */ "[match]",
        /* 9 */ "aid = \"A000000308\"",
        /* 10 */ "label_prefix = \"X\"",
        /* 11 */ "[transport]",
        /* 12 */ "extended = false",
        /* 13 */ "[naming]",
        /* 14 */ "manufacturer = \"M\"",
        /* 15 */ "model = \"N\"",
        /* 16 */ "[pin]",
        /* 17 */ "reference = 0x80",
        /* 18 */ "min = 6",
        /* 19 */ "max = 8",
        /* 20 */ "width = 8",
        /* 21 */ "filler = 0xFF",
        /* 22 */ "[objects]",
        /* 23 */ "directory = \"piv\"",
        /* 24 */ "role = \"nobody\"",
    };
}

Checked checked(const std::vector<std::string>& text) {
    std::string all;
    for (const auto& line : text) all += line + "\n";
    return check(all, "x.toml");
}

void expect_mistake(std::size_t line, const std::string& text, profile_errc code, const std::string& what,
                    std::optional<unsigned> at = std::nullopt) {
    auto spoiled = lines();
    spoiled[line - 1] = text;
    const auto result = checked(spoiled);
    BOOST_TEST_CONTEXT(text) {
        BOOST_TEST_REQUIRE(!result.mistakes.empty());
        const Mistake wanted{code, "x.toml", at.value_or(static_cast<unsigned>(line)), what};
        bool found = false;
        for (const auto& one : result.mistakes)
            found = found || one == wanted ||
                    (code == profile_errc::not_toml && one.code == code && one.line == wanted.line);
        BOOST_TEST(found, describe(result.mistakes.front()));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(profiles)

BOOST_AUTO_TEST_CASE(the_historical_bytes_are_found_behind_any_interface_bytes) {
    BOOST_TEST(as_text(historical_bytes(from_hex("3BF81300008131FE15597562696B657934D4").value())) ==
               "Yubikey4");
    BOOST_TEST(as_text(historical_bytes(from_hex("3B6800005975 62696B657934").value())) == "Yubikey4");
    BOOST_TEST(to_hex(historical_bytes(from_hex("3BFD1300008131FE158073C021C057597562694B657940").value())) ==
               "8073C021C057597562694B6579");
    BOOST_TEST(historical_bytes(from_hex("3BFD130000").value()).empty());
    BOOST_TEST(historical_bytes(Bytes{0x3B}).empty());
    BOOST_TEST(historical_bytes(Bytes(40, 0xFF)).empty());
}

BOOST_AUTO_TEST_CASE(each_known_card_has_its_profile) {
    BOOST_TEST(matched("3BF81300008131FE15597562696B657934D4", silent) == "yubikey-4");
    BOOST_TEST(matched("3BFD1300008131FE158073C021C057597562694B657940", silent) == "yubikey-5");
    BOOST_TEST(matched("3B8F8001544B00504956040238383838383838 60", silent) == "token2");
    BOOST_TEST(matched("3B8F8001544B00504956050138383838383838 60", labelled("PivApplet v0.9.0/RE")) ==
               "token2");
    BOOST_TEST(matched("3B00", labelled("PivApplet v0.9.0/RExaD")) == "pivapplet");
    BOOST_TEST(matched("3B00", labelled("Another")) == "piv-generic");
    BOOST_TEST(matched("3B00", silent) == "piv-generic");
}

BOOST_AUTO_TEST_CASE(an_atr_alone_proves_nothing) {
    BOOST_TEST(matched("3BFD1300008131FE158073C021C057597562694B657940", {}, 0x6A82) == "none");
    BOOST_TEST(matched("3BFD1300008131FE158073C021C057597562694B657940", labelled("Another")) ==
               "piv-generic");
    BOOST_TEST((match(built_in(), from_hex("3B00").value(), {}) == nullptr));
}

BOOST_AUTO_TEST_CASE(two_profiles_of_one_rank_that_match_are_no_match) {
    const auto one = checked(lines());
    auto text = lines();
    text[0] = "name = \"y\"";
    const auto other = checked(text);
    BOOST_TEST_REQUIRE((one.mistakes.empty() && other.mistakes.empty()));
    const Profile both[] = {one.loaded.profile, other.loaded.profile};
    const auto answer = labelled("X1");
    const SelectAnswer answers[] = {{aid, sw::ok, answer}};
    BOOST_TEST((match(both, Bytes{0x3B, 0x00}, answers) == nullptr));
    BOOST_TEST((match({both, 1}, Bytes{0x3B, 0x00}, answers) == &both[0]));
}

BOOST_AUTO_TEST_CASE(a_card_of_unknown_atr_is_asked_for_piv_first) {
    const auto aids = aids_to_probe(built_in(), Bytes{0x3B, 0x00});
    BOOST_TEST_REQUIRE(!aids.empty());
    BOOST_TEST(to_hex(aids.front()) == "A000000308");
}

BOOST_AUTO_TEST_CASE(no_two_built_in_profiles_overlap) {
    for (const auto& one : built_in())
        for (const auto& other : built_in())
            if (&one != &other) BOOST_TEST(!overlap(one, other), one.name << " and " << other.name);
}

BOOST_AUTO_TEST_CASE(overlapping_profiles_are_named) {
    std::vector<LoadedProfile> loaded;
    loaded.push_back(checked(lines()).loaded);
    auto text = lines();
    text[0] = "name = \"y\"";
    text[9] = "label_prefix = \"XY\"";
    loaded.push_back(checked(text).loaded);
    loaded[1].file = "y.toml";
    const auto mistakes = check_overlaps(loaded);
    BOOST_TEST_REQUIRE(mistakes.size() == 1U);
    BOOST_TEST((mistakes[0] == Mistake{profile_errc::overlap, "y.toml", 8, "x"}));
    loaded[1].profile.match.label_prefix = "Z";
    BOOST_TEST(check_overlaps(loaded).empty());
}

BOOST_AUTO_TEST_CASE(a_whole_profile_is_read) {
    const auto result = checked(lines());
    BOOST_TEST_REQUIRE(result.mistakes.empty());
    const auto& profile = result.loaded.profile;
    BOOST_TEST(profile.name == "x");
    BOOST_TEST((profile.find(card::Algorithm{card::KeyType::ec, 256})->id == 0x11));
    BOOST_TEST((profile.find(card::KeyReference{0x9A})->certificate == 0x5FC105U));
    BOOST_TEST((profile.find(card::KeyReference{0x9C}) == nullptr));
    BOOST_TEST(profile.can(card::Operation::ecdsa));
    BOOST_TEST(!profile.can(card::Operation::rsa_raw));
}

BOOST_AUTO_TEST_CASE(each_mistake_is_named_with_file_and_line) {
    using enum profile_errc;
    expect_mistake(1, "", missing_key, "name", 0);
    expect_mistake(1, "name = 5", wrong_type, "name");
    expect_mistake(1, "name = \"\xC3\xB1\"", not_toml, "");
    expect_mistake(2, "title = \"X\"\ncolour = 1", unknown_key, "colour", 3);
    expect_mistake(3, "evidence = \"rumour\"", unknown_word, "evidence");
    expect_mistake(5, "operations = [\"dance\"]", unknown_word, "operations: dance");
    expect_mistake(5, "operations = \"ecdsa\"", wrong_type, "operations");
    expect_mistake(6, "algorithms = [{ type = \"ec\", bits = 99999, id = 17, use = true }]", out_of_range,
                   "algorithms.bits");
    expect_mistake(6, "algorithms = []", missing_key, "algorithms");
    expect_mistake(
        6, "algorithms = [{ type = \"ec\", bits = 256, id = 17 }, { type = \"ec\", bits = 384, id = 17 }]",
        duplicate, "algorithms.id");
    expect_mistake(6, "algorithms = [{ type = \"ec\", bits = 256, id = 17, import = true }]", contradiction,
                   "import", 0);
    expect_mistake(
        7, "places = [{ key = 0x19A, purpose = \"signature\", certificate = 1, pin_policy = \"once\" }]",
        out_of_range, "places.key");
    expect_mistake(7, "places = [5]", wrong_type, "places");
    expect_mistake(
        7, "places = [{ key = 0x9A, purpose = \"signature\", certificate = 0, pin_policy = \"once\" }]",
        contradiction, "places");
    expect_mistake(7,
                   "places = [{ key = 0x9A, purpose = \"signature\", certificate = 1, pin_policy = "
                   "\"once\", operations = [\"dance\"] }]",
                   unknown_word, "places.operations: dance");
    expect_mistake(9, "aid = \"A00\"", not_hex, "match.aid");
    expect_mistake(9, "aid = \"A000\"", out_of_range, "match.aid");
    expect_mistake(10, "label_prefix = \"X\"\nno_label = true", contradiction, "match.no_label", 11);
    expect_mistake(10, "atr = [{ value = \"3B00\", mask = \"FF\" }]", contradiction, "match.atr.mask");
    expect_mistake(10, "atr = [{ value = \"3B00\", at = 2, from = \"01\" }]", out_of_range, "match.atr.at");
    expect_mistake(10, "answer_tag = 0x161", out_of_range, "match.answer_tag");
    expect_mistake(10, "historical = [\"zz\"]", not_hex, "match.historical: zz");
    expect_mistake(12, "chain_after_wrong_length = true", contradiction,
                   "transport.chain_after_wrong_length");
    expect_mistake(12, "chunk = 256", out_of_range, "transport.chunk");
    expect_mistake(12, "chunk = -1", out_of_range, "transport.chunk");
    expect_mistake(16, "[pin]\nwalk = true", unknown_key, "pin.walk", 17);
    expect_mistake(18, "min = 9", contradiction, "pin.min");
    expect_mistake(20, "width = 7", contradiction, "pin.max", 19);
    expect_mistake(24, "role = \"admin\"", contradiction, "admin", 0);
    expect_mistake(24, "role = \"nobody\"\nmax_object = 300\nmax_certificate = 400", contradiction,
                   "objects.max_certificate", 26);
    expect_mistake(4, "source = = 5", not_toml, "");
    // Each of these once ran into what toml++ takes for impossible.
    expect_mistake(4, "source = [}]", not_toml, "");
    expect_mistake(4, "source = [\n1\"\xCD\x94\"]", not_toml, "", 5);
    expect_mistake(4, "source = 5 \xCC\xA6", not_toml, "");
    expect_mistake(4, "[=", not_toml, "");
}

BOOST_AUTO_TEST_CASE(a_comment_may_be_written_in_any_letters) {
    auto text = lines();
    text[2] += " # caf\xC3\xA9";
    BOOST_TEST(checked(text).mistakes.empty());
}

BOOST_AUTO_TEST_CASE(several_mistakes_are_named_at_once) {
    auto text = lines();
    text[2] = "evidence = \"rumour\"";
    text[16] = "reference = 256";
    BOOST_TEST(checked(text).mistakes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_named) {
    const auto result = check_file("/nonexistent/profile.toml");
    BOOST_TEST_REQUIRE(result.mistakes.size() == 1U);
    BOOST_TEST((result.mistakes[0].code == profile_errc::unreadable));
}

BOOST_AUTO_TEST_CASE(every_built_in_profile_says_where_its_values_come_from) {
    for (const auto& one : built_in()) {
        BOOST_TEST(!one.source.empty(), one.name);
        BOOST_TEST(!one.title.empty(), one.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
