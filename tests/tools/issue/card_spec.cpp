// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a card, a reader or the service can have wrong: told before any secret is asked for.
#include "pcsc/reader/context.hpp"
#include "tests/tools/issue/bench.hpp"

#include <algorithm>
#include <thread>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

// pcscd notices by itself, a moment later.
void wait_until_no_reader_is_left() {
    reader::Context context;
    for (int i = 0; i < 200; ++i) {
        const auto readers = context.snapshot();
        if (readers && std::ranges::all_of(*readers, &reader::ReaderState::unavailable)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void refused(test::Bench& bench, std::string_view name) {
    BOOST_TEST(test::name_of(bench.run()) == name);
    BOOST_TEST(bench.people.left_alone());
}

} // namespace

BOOST_AUTO_TEST_SUITE(before_any_secret_is_asked_for)

BOOST_AUTO_TEST_CASE(a_reader_without_a_card_is_told) {
    test::Bench bench({"none"});
    refused(bench, "issue.no_card");
}

BOOST_AUTO_TEST_CASE(an_unplugged_reader_is_told) {
    test::Bench bench;
    BOOST_REQUIRE(bench.practice().unplug(0));
    wait_until_no_reader_is_left();
    refused(bench, "issue.no_reader");
}

BOOST_AUTO_TEST_CASE(a_mute_card_is_told) {
    test::Bench bench({"mute"});
    refused(bench, "reader.card_mute");
}

BOOST_AUTO_TEST_CASE(a_card_of_another_kind_is_told) {
    test::Bench bench({"unknown"});
    refused(bench, "issue.card_not_usable");
}

BOOST_AUTO_TEST_CASE(a_service_that_does_not_run_is_told) {
    test::Bench bench;
    BOOST_REQUIRE(bench.practice().stop_pcscd());
    refused(bench, "reader.service_not_running");
}

BOOST_AUTO_TEST_CASE(two_cards_are_one_too_many) {
    test::Bench bench({"piv", "piv:serial=2"});
    refused(bench, "issue.several_cards");
}

BOOST_AUTO_TEST_CASE(a_card_that_takes_no_keys_is_told) {
    test::Bench bench({"piv:firmware=noimport"});
    refused(bench, "issue.import_not_possible");
}

BOOST_AUTO_TEST_CASE(a_card_of_another_office_is_told) {
    test::Bench bench;
    auto request = bench.request(test::usual_backup().file);
    request.administration =
        issue::administration_key_from(Secret(as_bytes("A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7")))
            .value();
    BOOST_TEST(test::name_of(issue::run(request, bench.people, bench.progress)) == "issue.admin_key_unknown");
    BOOST_TEST(bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(an_office_without_an_administration_key_is_told) {
    test::Bench bench;
    auto request = bench.request(test::usual_backup().file);
    request.administration = {};
    BOOST_TEST(test::name_of(issue::run(request, bench.people, bench.progress)) == "issue.admin_key_missing");
    BOOST_TEST(bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(the_factory_key_is_not_used_unless_that_was_meant) {
    test::Bench bench;
    auto request = bench.request(test::usual_backup().file);
    request.allow_factory_key = false;
    BOOST_TEST(test::name_of(issue::run(request, bench.people, bench.progress)) == "issue.admin_key_unsafe");
    BOOST_TEST(bench.people.left_alone());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(in_the_middle)

BOOST_AUTO_TEST_CASE(a_service_that_is_killed_is_named_and_the_next_run_completes) {
    test::Bench bench;
    bench.progress.at_start = [&](issue::Step step) {
        if (step == issue::Step::store_key) BOOST_REQUIRE(bench.practice().kill_pcscd());
    };
    const auto cut = bench.run();
    BOOST_TEST(!cut.has_value());
    BOOST_TEST_MESSAGE(test::name_of(cut));
    bench.progress.at_start = {};
    static_cast<void>(bench.practice().start_pcscd());
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->resumed);
}

BOOST_AUTO_TEST_CASE(a_card_that_is_out_and_in_again_at_once_is_noticed_and_the_next_run_completes) {
    test::Bench bench;
    bench.progress.at_start = [&](issue::Step step) {
        if (step == issue::Step::store_key) BOOST_REQUIRE(bench.practice().swap(0));
    };
    const auto cut = bench.run();
    BOOST_TEST(!cut.has_value());
    BOOST_TEST((test::name_of(cut) == "issue.card_removed" || test::name_of(cut) == "reader.card_reset"),
               test::name_of(cut));
    bench.progress.at_start = {};
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->resumed);
}

BOOST_AUTO_TEST_SUITE_END()
