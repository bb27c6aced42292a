// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a backup can have wrong with it: a sentence, nothing written, no PIN asked for.
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

// The card after the job was refused: nobody was asked for a PIN, nothing is on it.
void check_untouched(test::Bench& bench) {
    BOOST_TEST(bench.people.asked_pin == 0U);
    BOOST_TEST((bench.tries() == 3U));
    bench.people = {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_backup)

BOOST_AUTO_TEST_CASE(of_ten_mebibytes_of_zeros_is_named_before_any_secret_is_asked_for) {
    test::Bench bench;
    BOOST_TEST(test::name_of(bench.run(Bytes(10U * 1024U * 1024U))) == "p12.only_zeros");
    BOOST_TEST(bench.people.left_alone());
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(that_is_cut_off_is_named_before_any_secret_is_asked_for) {
    test::Bench bench;
    auto file = test::usual_backup().file;
    file.resize(file.size() / 2);
    BOOST_TEST(test::name_of(bench.run(file)) == "p12.truncated");
    BOOST_TEST(bench.people.left_alone());
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(with_a_wrong_password_is_asked_for_again_and_then_refused) {
    test::Bench bench;
    bench.people.passphrases = {"uno", "dos", "tres"};
    bench.people.most_passphrases = 3;
    BOOST_TEST(test::name_of(bench.run()) == "p12.wrong_password");
    BOOST_TEST(bench.people.asked_passphrase == 4U);
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(opens_with_the_second_password_if_that_is_the_right_one) {
    test::Bench bench;
    bench.people.passphrases = {"uno", "contraseña"};
    bench.people.most_passphrases = 2;
    BOOST_TEST(test::name_of(bench.run()) == "");
}

BOOST_AUTO_TEST_CASE(whose_key_and_certificate_do_not_match_is_refused) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 0, .foreign_key = true});
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "p12.key_certificate_mismatch");
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(that_has_expired_needs_a_yes) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 0, .starts_in_days = -800, .ends_in_days = -3});
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "issue.expired");
    BOOST_TEST(bench.people.asked_expired == 1U);
    check_untouched(bench);
    bench.people.expired = true;
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "");
}

BOOST_AUTO_TEST_CASE(that_is_not_valid_yet_is_refused) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 0, .starts_in_days = 3});
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "issue.not_yet_valid");
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(with_two_certificates_asks_which_one) {
    test::Bench bench;
    bench.people.choice = 1;
    const auto receipt = bench.run(test::make_double_backup("contraseña").file);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(bench.people.asked_choice == 1U);
}

BOOST_AUTO_TEST_CASE(without_the_certificate_that_was_asked_for_is_refused) {
    test::Bench bench;
    bench.people.choice = 7;
    BOOST_TEST(test::name_of(bench.run(test::make_double_backup("contraseña").file)) ==
               "issue.no_such_choice");
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(with_a_certificate_larger_than_the_card_takes_is_refused) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 0, .padding = 4000});
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "issue.certificate_too_large");
    check_untouched(bench);
}

BOOST_AUTO_TEST_CASE(with_a_kind_of_key_that_the_card_does_not_take_is_refused) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 521});
    BOOST_TEST(test::name_of(bench.run(backup.file)) == "issue.key_not_supported");
    check_untouched(bench);
}

BOOST_AUTO_TEST_SUITE_END()
