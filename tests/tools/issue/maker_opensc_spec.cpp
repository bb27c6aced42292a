// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSC's module as a maker's, on practice cards: the one card that it stores keys on, and one that it
// cannot.
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

Result<issue::Receipt> run(test::Bench& bench) {
    auto request = bench.request(test::usual_backup().file);
    request.module = client::Choice(OPENSC_MODULE, true);
    return issue::run(request, bench.people, bench.progress);
}

// Prepared by OpenSC's own tool.
bool prepared() {
    const auto ran =
        test::run("command -v pkcs15-init >/dev/null || exit 77; pkcs15-init --create-pkcs15 --so-pin "
                  "123456 --so-puk 1234567890123456 2>&1");
    if (ran.code == 77) {
        BOOST_TEST_MESSAGE("SKIPPED: OpenSC's tools are not installed");
        return false;
    }
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    return true;
}

const std::vector<std::string> blank = {"isoapplet:version=0,blank"};

} // namespace

BOOST_AUTO_TEST_SUITE(opensc_as_a_makers_module)

BOOST_AUTO_TEST_CASE(says_that_it_cannot_store_on_a_piv_card_before_anything_is_asked) {
    test::Bench bench({"piv"});
    BOOST_TEST(test::name_of(run(bench)) == "issue.import_not_possible");
    BOOST_TEST(bench.people.left_alone());
    BOOST_TEST(bench.tries().value() == 3U);
}

BOOST_AUTO_TEST_CASE(carries_the_whole_job_on_an_isoapplet) {
    test::Bench bench(blank);
    if (!prepared()) return;
    const auto receipt = run(bench);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->proof.card_restarted);
    BOOST_TEST(receipt->proof.module_restarted);
    BOOST_TEST(receipt->proof.certificate_identical);
    BOOST_TEST((receipt->proof.refusal == issue::Witness::module));
    BOOST_TEST(receipt->card_profile == "opensc");
    BOOST_TEST(bench.tries().value_or(0) == 3U); // our module reads the same card
    const auto again = run(bench);
    BOOST_REQUIRE_MESSAGE(again, (again ? "" : describe(again.error())));
    BOOST_TEST(again->resumed);
}

BOOST_AUTO_TEST_CASE(spends_one_try_for_a_wrong_pin_and_writes_nothing) {
    test::Bench bench(blank);
    if (!prepared()) return;
    bench.people.pins = {"999999"};
    BOOST_TEST(test::name_of(run(bench)) == "issue.pin_wrong");
    BOOST_TEST(bench.tries().value_or(0) == 2U);
    bench.people.pins = {"123456"};
    bench.people.asked_pin = 0;
    const auto receipt = run(bench);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(!receipt->resumed);
}

BOOST_AUTO_TEST_SUITE_END()
