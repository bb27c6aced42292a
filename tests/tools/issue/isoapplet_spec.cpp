// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The whole job on an IsoApplet of either version, through our own module: no administrator, the holder's PIN
// writes.
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using issue::Step;

const test::SampleBackup& large_backup() {
    static const auto backup = test::make_backup({.padding = 800});
    return backup;
}
const test::SampleBackup& p256_backup() {
    static const auto backup = test::make_backup({.rsa_bits = 0});
    return backup;
}

void loads(const std::string& card, const test::SampleBackup& backup) {
    test::Bench bench({card});
    BOOST_REQUIRE(bench.practice().reset_exchanges(0));
    const auto receipt = bench.run(backup.file);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST_MESSAGE(card << ": " << bench.exchanges() << " exchanges");
    BOOST_TEST(receipt->proof.certificate_identical);
    BOOST_TEST(receipt->proof.card_restarted);
    BOOST_TEST((receipt->proof.refusal == issue::Witness::card));
    BOOST_TEST(receipt->proof.status_word.value_or(0) == 0x6982);
    BOOST_TEST(!receipt->factory_administration_key);
    BOOST_TEST(receipt->place.value_or(0xFF) == 0x00);
    BOOST_TEST((bench.progress.done.back() == Step::finish));
    BOOST_TEST(bench.tries().value_or(0) == 3U);
    const auto again = bench.run(backup.file);
    BOOST_REQUIRE_MESSAGE(again, (again ? "" : describe(again.error())));
    BOOST_TEST(again->resumed);
    BOOST_TEST((again->place == receipt->place));
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_main_job_on_an_isoapplet)

BOOST_AUTO_TEST_CASE(loads_and_proves_an_rsa_key_on_version_0) {
    loads("isoapplet:version=0", large_backup());
}
BOOST_AUTO_TEST_CASE(loads_and_proves_an_rsa_key_on_version_0_over_t0) {
    loads("isoapplet:version=0,t0", large_backup());
}
BOOST_AUTO_TEST_CASE(loads_and_proves_an_rsa_key_on_version_1) {
    loads("isoapplet:version=1", large_backup());
}
BOOST_AUTO_TEST_CASE(loads_and_proves_a_p256_key_on_version_1) {
    loads("isoapplet:version=1", p256_backup());
}
BOOST_AUTO_TEST_CASE(loads_and_proves_an_rsa_key_without_contacts) {
    loads("isoapplet:version=1,contactless", large_backup());
}

BOOST_AUTO_TEST_CASE(gives_a_second_certificate_a_place_of_its_own) {
    test::Bench bench({"isoapplet:version=1"});
    const auto first = bench.run();
    BOOST_REQUIRE_MESSAGE(first, (first ? "" : describe(first.error())));
    const auto second = bench.run(p256_backup().file);
    BOOST_REQUIRE_MESSAGE(second, (second ? "" : describe(second.error())));
    BOOST_TEST((second->place != first->place));
    BOOST_TEST(bench.people.asked_overwrite == 0U);
}

BOOST_AUTO_TEST_CASE(tells_of_import_left_out_before_any_secret_is_asked_for) {
    for (const auto* card : {"isoapplet:version=0,import=no", "isoapplet:version=1,import=no"}) {
        test::Bench bench({card});
        const auto receipt = bench.run();
        BOOST_TEST(test::name_of(receipt) == "issue.import_not_possible");
        BOOST_TEST(bench.people.left_alone());
        BOOST_TEST(bench.tries().value_or(0) == 3U);
    }
}

BOOST_AUTO_TEST_CASE(does_not_take_an_ec_key_to_a_card_that_signs_with_sha1_only) {
    test::Bench bench({"isoapplet:version=0"});
    const auto receipt = bench.run(p256_backup().file);
    BOOST_TEST(!receipt.has_value());
    BOOST_TEST(bench.people.asked_pin == 0U);
}

BOOST_AUTO_TEST_CASE(notices_a_card_that_signs_without_a_pin) {
    test::Bench open({"isoapplet:version=1,faulty=sign-without-pin"});
    BOOST_TEST(test::name_of(open.run()) == "issue.proof_pin");
}

BOOST_AUTO_TEST_CASE(notices_a_card_that_shows_another_certificate) {
    test::Bench other({"isoapplet:version=1,faulty=other-certificate"});
    BOOST_TEST(!other.run().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
