// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The whole job on the practice cards, through our own module.
#include "tests/tools/issue/bench.hpp"

#include <algorithm>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using issue::Step;
namespace data = boost::unit_test::data;

} // namespace

BOOST_AUTO_TEST_SUITE(the_main_job)

BOOST_DATA_TEST_CASE(loads_and_proves_an_rsa_key_on_every_firmware,
                     data::make({"4.3", "5.4", "5.7", "pivapplet"}), firmware) {
    test::Bench bench({std::string("piv:firmware=") + firmware});
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->proof.certificate_identical);
    BOOST_TEST(receipt->proof.card_restarted);
    BOOST_TEST((receipt->proof.refusal == issue::Witness::card));
    BOOST_TEST(receipt->proof.status_word.value_or(0) == 0x6982);
    BOOST_TEST(receipt->factory_administration_key);
    BOOST_TEST(receipt->place.value_or(0) == 0x9A);
    BOOST_TEST(!receipt->resumed);
    BOOST_TEST((bench.progress.done.back() == Step::finish));
}

BOOST_AUTO_TEST_CASE(loads_and_proves_a_p256_key) {
    test::Bench bench;
    const auto backup = test::make_backup({.rsa_bits = 0});
    const auto receipt = bench.run(backup.file);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->proof.signature_scheme == "ECDSA SHA-256");
}

BOOST_AUTO_TEST_CASE(run_again_goes_on_in_the_same_place) {
    test::Bench bench;
    const auto first = bench.run();
    BOOST_REQUIRE_MESSAGE(first, (first ? "" : describe(first.error())));
    const auto again = bench.run();
    BOOST_REQUIRE_MESSAGE(again, (again ? "" : describe(again.error())));
    BOOST_TEST(again->resumed);
    BOOST_TEST((again->place == first->place));
}

BOOST_AUTO_TEST_CASE(gives_a_second_certificate_a_place_of_its_own) {
    test::Bench bench;
    const auto first = bench.run();
    BOOST_REQUIRE_MESSAGE(first, (first ? "" : describe(first.error())));
    const auto second = bench.run(test::make_backup({.rsa_bits = 0}).file);
    BOOST_REQUIRE_MESSAGE(second, (second ? "" : describe(second.error())));
    BOOST_TEST((second->place != first->place));
    BOOST_TEST(bench.people.asked_overwrite == 0U);
}

BOOST_DATA_TEST_CASE(can_be_cancelled_before_each_step_and_completed_afterwards,
                     data::xrange(issue::all_steps.size()), index) {
    test::Bench bench;
    const auto step = issue::all_steps.at(index);
    bench.progress.cancel_before = step;
    BOOST_TEST(test::name_of(bench.run()) == "issue.cancelled");
    BOOST_TEST(bench.progress.begun.size() == index);
    bench.progress = {};
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->resumed == (step > Step::store_certificate));
}

BOOST_AUTO_TEST_CASE(leaves_nobody_logged_in) {
    test::Bench bench;
    BOOST_REQUIRE(bench.run());
    // A card on which the PIN is verified would not say how many tries are left.
    BOOST_TEST((bench.tries() == 3U));
}

BOOST_AUTO_TEST_SUITE_END()
