// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cards that lie: the proof must fail.
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

BOOST_AUTO_TEST_SUITE(the_proof)

BOOST_AUTO_TEST_CASE(fails_for_a_card_that_signs_without_its_pin) {
    test::Bench bench({"piv:faulty=sign-without-pin"});
    const auto proof = bench.run();
    BOOST_TEST(test::name_of(proof) == "issue.proof_pin");
    BOOST_TEST((bench.progress.begun.back() == issue::Step::prove_refusal));
}

BOOST_AUTO_TEST_CASE(fails_for_a_card_that_returns_another_certificate) {
    test::Bench bench({"piv:faulty=other-certificate"});
    const auto proof = bench.run();
    BOOST_TEST(
        (test::name_of(proof) == "issue.proof_certificate" || test::name_of(proof) == "issue.proof_missing"),
        test::name_of(proof));
    BOOST_TEST((bench.progress.begun.back() == issue::Step::prove_certificate));
}

BOOST_AUTO_TEST_SUITE_END()
