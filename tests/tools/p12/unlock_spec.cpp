// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a password costs, and how a wrong one is told from a backup that was altered.
#include "tests/tools/p12/support.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

// The derivations that were begun in each stage.
struct Counted {
    std::string outcome;
    std::map<Stage, unsigned> derivations;
    Progress last;
};

Counted counted(ByteView file, std::string_view password, bool second_look = true) {
    Counted seen;
    OpenOptions options;
    options.second_look = second_look;
    options.progress = [&](const Progress& progress) {
        ++seen.derivations[progress.stage];
        seen.last = progress;
    };
    seen.outcome = outcome(examine(file, secret(password), options));
    return seen;
}

struct Backups {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");
    Bytes modern = export_with_openssl(folder, pair, "1234");
    Bytes old = export_with_openssl(folder, pair, "1234", {"-legacy"});
};

std::size_t different_wide_forms(std::string_view password) {
    std::vector<ZeroingBytes> seen;
    for (const auto& candidate : candidates(secret(password)))
        if (std::find(seen.begin(), seen.end(), candidate.wide) == seen.end()) seen.push_back(candidate.wide);
    return seen.size();
}

// The value of the last element with this header, changed in its last byte.
Bytes hurt_last(Bytes file, std::string_view header, std::size_t size) {
    const auto mark = from_hex(header).value();
    const auto found = std::find_end(file.begin(), file.end(), mark.begin(), mark.end());
    BOOST_REQUIRE(found != file.end());
    *(found + static_cast<std::ptrdiff_t>(mark.size() + size - 1)) ^= 1U;
    return file;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(unlocking, Backups)

BOOST_AUTO_TEST_CASE(a_wrong_password_is_detected_after_one_derivation_for_each_reading) {
    for (const auto& file : {modern, old})
        for (const std::string_view wrong : {"4321",
                                             "ma\xC3\xB1"
                                             "ana \xE2\x82\xAC ",
                                             ""}) {
            auto seen = counted(file, wrong);
            BOOST_TEST(seen.outcome == "wrong_password");
            BOOST_TEST(seen.derivations[Stage::trying_password] == different_wide_forms(wrong));
            BOOST_TEST(seen.derivations[Stage::looking_for_damage] <=
                       std::min(2U, seen.derivations[Stage::trying_password]));
        }
}

BOOST_AUTO_TEST_CASE(a_wrong_password_of_plain_letters_has_one_reading) {
    BOOST_TEST(counted(modern, "4321").derivations[Stage::trying_password] == 1U);
    BOOST_TEST(counted(old, "4321").derivations[Stage::trying_password] == 1U);
}

BOOST_AUTO_TEST_CASE(the_look_for_damage_costs_one_derivation_a_file_and_can_be_left_out) {
    BOOST_TEST(counted(modern, "4321").last.derivations == 2U);
    BOOST_TEST(counted(old, "4321").last.derivations == 2U);
    auto seen = counted(modern, "4321", false);
    BOOST_TEST(seen.outcome == "wrong_password");
    BOOST_TEST(seen.last.derivations == 1U);
}

BOOST_AUTO_TEST_CASE(opening_derives_once_for_the_mac_and_once_for_each_content) {
    const auto seen = counted(modern, "1234");
    BOOST_TEST(seen.outcome == "ok");
    BOOST_TEST(seen.last.derivations == 3U);
    BOOST_TEST(seen.last.planned == 3U * 2048U);
    BOOST_TEST(seen.last.done == 2U * 2048U);
}

BOOST_AUTO_TEST_CASE(a_salt_that_was_changed_is_an_alteration_whoever_it_belongs_to) {
    // The salts of OpenSSL's PBES2 are 8 octets; the last two belong to the key and to the MAC.
    const auto mac = hurt_last(modern, "0408", 8);
    BOOST_TEST(counted(mac, "1234").outcome == "altered");
    BOOST_TEST(counted(mac, "4321").outcome == "wrong_password");
}

BOOST_AUTO_TEST_CASE(an_altered_file_is_one_with_an_empty_password_too) {
    for (const auto& options : std::vector<std::vector<std::string>>{{}, {"-legacy"}}) {
        auto file = export_with_openssl(folder, pair, "", options);
        file[file.size() / 2] ^= 1U;
        BOOST_TEST(counted(file, "").outcome == "altered");
    }
}

// Every bit of what decides on a key, wherever it stands: the salts with the iterations behind them.
BOOST_AUTO_TEST_CASE(no_bit_of_a_salt_or_a_count_makes_a_right_password_a_wrong_one) {
    const auto salt = from_hex("0408").value();
    for (const auto& file : {modern, old}) {
        unsigned salts = 0;
        for (auto at = file.begin();; ++at) {
            at = std::search(at, file.end(), salt.begin(), salt.end());
            if (at == file.end()) break;
            if (file.end() - at < 12 || at[10] != 2U || at[11] != 2U) continue; // ciphertext by chance
            ++salts;
            const auto first = static_cast<std::size_t>(at - file.begin() + 2) * 8;
            for (auto bit = first; bit < first + 12 * 8; ++bit) {
                auto hurt = file;
                hurt[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
                const auto right = counted(hurt, "1234");
                BOOST_TEST(right.outcome != "wrong_password", "bit " << bit);
                BOOST_TEST(right.last.derivations <= 2U);
                BOOST_TEST(counted(hurt, "4321").outcome != "altered", "bit " << bit);
            }
        }
        BOOST_TEST(salts == 3U);
    }
}

BOOST_AUTO_TEST_CASE(one_content_alone_betrays_that_its_ciphertext_was_changed) {
    // One safe with everything in it: its first block, one in the middle, its last.
    const auto file = build({{}, {pair.certificate}});
    const auto header = from_hex("3082").value();
    for (const std::size_t from_end : {100U, 110U, 300U, 400U}) {
        auto copy = file;
        copy[copy.size() - from_end] ^= 4U;
        const auto right = counted(copy, "1234").outcome;
        BOOST_TEST((right == "altered" || right == "damaged"), from_end << ": " << right);
        BOOST_TEST(counted(copy, "4321").outcome != "altered");
    }
}

BOOST_AUTO_TEST_CASE(pasted_blanks_that_nobody_sees_are_forgiven) {
    const auto opened = open(modern, secret("\xE2\x80\x8B"
                                            "1234\xC2\xA0"));
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->form == PasswordForm::trimmed));
}

BOOST_AUTO_TEST_SUITE_END()
