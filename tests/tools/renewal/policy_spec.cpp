// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// When an office renews.
#include "tools/renewal/policy.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::renewal;
using std::chrono::days;
using std::chrono::sys_days;

constexpr Time today = sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(9);

// A certificate of four years that ends so many days from now.
Question ends_in(long count) {
    const auto end = today + days(count) + std::chrono::hours(1);
    return {.not_before = end - days(1461), .not_after = end, .now = today};
}
std::string refusal(Policy policy, const Question& question) {
    const auto done = permit(policy, question);
    return done ? "" : error_name(done.error().code) + " " + done.error().detail;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_policy_of_renewals)

BOOST_AUTO_TEST_CASE(fnmt_opens_sixty_days_before_the_end_and_closes_there) {
    BOOST_TEST(refusal(Policy::fnmt, ends_in(60)) == "renewal.too_early 2026-11-21");
    BOOST_TEST(refusal(Policy::fnmt, ends_in(400)) == "renewal.too_early 2027-10-27");
    BOOST_TEST(refusal(Policy::fnmt, ends_in(59)).empty());
    BOOST_TEST(refusal(Policy::fnmt, ends_in(0)).empty());
    BOOST_TEST(refusal(Policy::fnmt, ends_in(-1)) == "renewal.expired_refused 2026-11-20");
}

BOOST_AUTO_TEST_CASE(fnmt_renews_a_certificate_once) {
    auto again = ends_in(30);
    again.renewed_before = true;
    BOOST_TEST(refusal(Policy::fnmt, again) == "renewal.renewed_before ");
    BOOST_TEST(refusal(Policy::expired_allowed, again).empty());
}

BOOST_AUTO_TEST_CASE(that_allows_expired_ones_has_the_same_beginning_and_no_end) {
    BOOST_TEST(refusal(Policy::expired_allowed, ends_in(61)) == "renewal.too_early 2026-11-22");
    BOOST_TEST(refusal(Policy::expired_allowed, ends_in(30)).empty());
    BOOST_TEST(refusal(Policy::expired_allowed, ends_in(-900)).empty());
}

BOOST_AUTO_TEST_CASE(with_a_supervisor_asks_for_one_and_a_reason_outside_of_the_window_alone) {
    BOOST_TEST(refusal(Policy::supervisor, ends_in(30)).empty());
    auto early = ends_in(400);
    BOOST_TEST(refusal(Policy::supervisor, early) == "renewal.supervisor_needed ");
    early.supervisor = true;
    BOOST_TEST(refusal(Policy::supervisor, early) == "renewal.reason_needed ");
    early.reason = "change of surname";
    BOOST_TEST(refusal(Policy::supervisor, early).empty());
    auto late = ends_in(-3);
    late.reason = "on leave";
    BOOST_TEST(refusal(Policy::supervisor, late) == "renewal.supervisor_needed ");
}

BOOST_AUTO_TEST_CASE(never_renews_what_is_not_valid_yet) {
    for (const auto policy : {Policy::fnmt, Policy::expired_allowed, Policy::supervisor}) {
        auto future = ends_in(1500);
        future.supervisor = true;
        future.reason = "whatever";
        BOOST_TEST(refusal(policy, future) == "renewal.not_yet_valid 2026-12-30");
        BOOST_TEST((policy_named(name(policy)) == policy));
    }
    BOOST_TEST(!policy_named("never"));
}

BOOST_AUTO_TEST_CASE(counts_days_from_the_standing_of_a_certificate) {
    const auto standing = [](long count) {
        const auto q = ends_in(count);
        return validity(q.not_before, q.not_after, q.now);
    };
    BOOST_TEST((standing(400).standing == Standing::valid && standing(400).days == 400));
    BOOST_TEST((standing(12).standing == Standing::ends_soon && standing(12).days == 12));
    BOOST_TEST((standing(-13).standing == Standing::expired && standing(-13).days == 12));
    BOOST_TEST((standing(1500).standing == Standing::not_yet_valid));
}

BOOST_AUTO_TEST_SUITE_END()
