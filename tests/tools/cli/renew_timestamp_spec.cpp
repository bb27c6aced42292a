// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The letters of a renewal with timestamps, of a real authority on the loopback and of one that is not there.
#include "tests/tools/cli/renewal_bench.hpp"
#include "tests/tools/letter/authorities.hpp"
#include "tests/tools/letter/web.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;
using letter::TimeProof;

const std::string nobody = "--tsa http://127.0.0.1:1/tsa";

// What the only signature of a letter proves of its time.
TimeProof time_proof(const fs::path& file) {
    const auto report = letter::verify_pdf(file, {.stamp_anchors = {letter::test::authority()}});
    BOOST_REQUIRE(report);
    BOOST_REQUIRE(report->signatures.size() == 1U);
    return report->signatures.front().time_proof;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_with_timestamps)

BOOST_AUTO_TEST_CASE(proves_when_its_letters_were_signed_or_says_that_nobody_does) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20), renewed = desk.person("new", "p256", -1, 1460);
    const Practice practice;
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.start(renewed) == 0);
    const letter::test::TimestampAuthority tsa;
    const letter::test::Web web(tsa.folder());
    const auto trusted = "--tsa-ca '" + (tsa.folder() / "ca.pem").string() + "' --tsa ";

    // Nothing is signed without it, and the same command goes on once the authority is there.
    BOOST_TEST(desk.letter(nobody) == 56);
    BOOST_TEST(desk.error() == "letter.timestamp_unreachable");
    BOOST_TEST(desk.letter(trusted + web.url("/garbage")) == 25);
    desk.acredita("renew status --json");
    BOOST_TEST(desk.state() == "first_made");
    BOOST_REQUIRE(desk.letter(trusted + web.url("/tsa")) == 0);
    BOOST_TEST(desk.state() == "first_signed");
    BOOST_TEST(desk.answer["timestamp"].is_string());
    BOOST_TEST(desk.answer["unstamped"].is_null());
    const fs::path first = desk.answer["signed"].get<std::string>();
    BOOST_TEST(desk.judged(first) == "");
    BOOST_TEST((time_proof(first) == TimeProof::proven));

    BOOST_REQUIRE(desk.letter("--or-unstamped " + nobody) == 0);
    BOOST_TEST(desk.state() == "second_signed");
    BOOST_TEST(desk.answer["timestamp"].is_null());
    BOOST_TEST(desk.answer["unstamped"] == "letter.timestamp_unreachable");
    const fs::path second = desk.answer["signed"].get<std::string>();
    BOOST_TEST(desk.judged(second) == "");
    BOOST_TEST((time_proof(second) == TimeProof::claimed));
}

BOOST_AUTO_TEST_SUITE_END()
