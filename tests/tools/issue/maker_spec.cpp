// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job through makers' modules: SoftHSM2 with good manners and with bad ones, each in a process of
// its own. What a profile says of a module is written here as its file would say it.
#include "firmware-profiles/profile/load.hpp"
#include "tests/pkcs11/client/apart_token.hpp"
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using client::test::ApartToken;

profile::LoadedProfile maker(const std::string& values) {
    auto checked =
        profile::check("name = \"awkward\"\ntitle = \"Awkward Client\"\nevidence = \"documents\"\n"
                       "source = \"a test\"\n[module]\nfiles = [{ path = \"" AWKWARD_MODULE "\" }]\n" +
                           values,
                       "awkward.toml");
    for (const auto& mistake : checked.mistakes) BOOST_ERROR(describe(mistake));
    return std::move(checked.loaded);
}

struct Trial {
    explicit Trial(const std::string& values = {}) : described(maker(values)) {}

    [[nodiscard]] Result<issue::Receipt> run() {
        issue::Request request{.module = std::filesystem::path(AWKWARD_MODULE),
                               .backup = test::usual_backup().file,
                               .administration = issue::factory_administration_key(),
                               .allow_factory_key = true,
                               .so_pin = Secret(as_bytes(so_pin)),
                               .version = "test"};
        request.module.makers = {&described.profile, 1};
        progress = {};
        return issue::run(request, people, progress);
    }

    profile::LoadedProfile described;
    std::string so_pin{};
    test::ScriptedPeople people{};
    test::RecordedProgress progress{};
};

std::string words(const Result<issue::Receipt>& receipt) { return receipt ? "" : describe(receipt.error()); }

bool reached(const Trial& trial, issue::Step step) {
    return std::ranges::find(trial.progress.begun, step) != trial.progress.begun.end();
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_makers_module)

BOOST_AUTO_TEST_CASE(carries_the_whole_job_and_starts_afresh_for_the_proofs) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("import_role = \"user\"");
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(receipt->proof.module_restarted);
    BOOST_TEST(receipt->proof.certificate_identical);
    BOOST_TEST((receipt->proof.certificate == issue::Witness::card));
    BOOST_TEST((receipt->proof.refusal == issue::Witness::module));
    BOOST_TEST((receipt->proof.protection == issue::Witness::module));
    BOOST_TEST(receipt->card_profile == "awkward");
    BOOST_TEST(!receipt->factory_administration_key);
    // Typed once, presented once more for the proof; the office's key for other cards was never shown to it.
    BOOST_TEST(token.logins() == (std::vector<std::string>{"user 0", "user 0"}),
               boost::test_tools::per_element());
    client::test::wait_until_gone();
}

BOOST_AUTO_TEST_CASE(has_its_word_called_a_word_where_the_profile_says_so) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("on_its_word = [\"certificate\", \"refusal\", \"protection\"]");
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST((receipt->proof.certificate == issue::Witness::module));
    const auto text = issue::to_text(*receipt, catalogue::Language::english);
    BOOST_TEST(text.find("signing was refused by the module") != std::string::npos);
    BOOST_TEST(text.find("the module says so") != std::string::npos);
    BOOST_TEST(text.find("only its word says") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(may_stay_while_the_card_alone_is_restarted) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("reset = \"card\"");
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(!receipt->proof.module_restarted);
}

BOOST_AUTO_TEST_CASE(that_stores_nothing_says_so_before_anything_is_asked) {
    const ApartToken token("stores-nothing");
    if (!token.made()) return;
    Trial trial;
    BOOST_TEST(test::name_of(trial.run()) == "issue.import_not_possible");
    BOOST_TEST(trial.people.left_alone());
    BOOST_TEST(token.logins().empty());
}

BOOST_AUTO_TEST_CASE(that_must_not_store_is_never_asked_to) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("import_role = \"nobody\"");
    BOOST_TEST(test::name_of(trial.run()) == "issue.import_not_possible");
    BOOST_TEST(trial.people.left_alone());
}

BOOST_AUTO_TEST_CASE(that_refuses_to_store_for_the_so_writes_nothing) {
    const ApartToken token("no-so");
    if (!token.made()) return;
    Trial so("import_role = \"so\"");
    so.so_pin = "87654321";
    BOOST_TEST(test::name_of(so.run()) == "client.store_refused");
    Trial user("import_role = \"user\"");
    const auto receipt = user.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(!receipt->resumed); // nothing was there
}

BOOST_AUTO_TEST_CASE(that_stores_for_the_so_alone_is_not_begun_without_the_so_pin) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("import_role = \"so\"");
    BOOST_TEST(test::name_of(trial.run()) == "issue.admin_key_missing");
    trial.so_pin = "00000000";
    BOOST_TEST(test::name_of(trial.run()) == "issue.admin_key_unknown");
    BOOST_TEST(trial.people.left_alone());
    BOOST_TEST(token.logins() == std::vector<std::string>{"so 160"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(may_want_a_public_key_first) {
    const ApartToken token("public-first");
    if (!token.made()) return;
    Trial without;
    BOOST_TEST(test::name_of(without.run()) == "cryptoki.function_failed");
    Trial with("public_key_first = true");
    const auto receipt = with.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(receipt->resumed); // the certificate was there already
}

BOOST_AUTO_TEST_CASE(may_take_a_key_only_if_little_is_said_of_it) {
    const ApartToken token("picky,protects");
    if (!token.made()) return;
    Trial trial;
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
}

BOOST_AUTO_TEST_CASE(may_give_identifiers_of_its_own) {
    for (const auto* how : {"renames-keys", "renames-all"}) {
        const ApartToken token(how);
        if (!token.made()) return;
        Trial trial;
        const auto receipt = trial.run();
        BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
        BOOST_TEST(receipt->key_identifier == to_hex(as_bytes("KEY-1")));
        const auto again = trial.run();
        BOOST_REQUIRE_MESSAGE(again, words(again));
        BOOST_TEST(again->resumed);
    }
}

BOOST_AUTO_TEST_CASE(that_shows_late_what_it_stored_is_waited_for_as_long_as_its_profile_says) {
    const ApartToken token("late");
    if (!token.made()) return;
    Trial patient("settle_ms = 2000");
    const auto receipt = patient.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
}

BOOST_AUTO_TEST_CASE(that_lies_about_a_key_that_can_be_taken_out_is_found_out) {
    const ApartToken token("careless,lies-unextractable");
    if (!token.made()) return;
    Trial trial;
    BOOST_TEST(test::name_of(trial.run()) == "issue.proof_protection");
}

BOOST_AUTO_TEST_CASE(that_admits_a_key_can_be_taken_out_fails_the_proof) {
    const ApartToken token("says-extractable");
    if (!token.made()) return;
    Trial trial;
    BOOST_TEST(test::name_of(trial.run()) == "issue.proof_protection");
}

BOOST_AUTO_TEST_CASE(may_break_down_anywhere_and_the_next_run_completes_the_job) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial("patience_s = 1");
    const std::pair<const char*, const char*> breakdowns[] = {
        {"crash:C_OpenSession", "client.module_crashed"},
        {"hang:C_Login", "client.module_hung"},
        {"exit:C_CreateObject", "client.module_exited"},
        {"crash:C_Sign", "client.module_crashed"},
        {"hang:C_Sign", "client.module_hung"},
    };
    for (const auto& [how, name] : breakdowns) {
        ApartToken::become(how);
        const auto broken = trial.run();
        BOOST_TEST(test::name_of(broken) == name, how << ": " << words(broken));
        ApartToken::become("");
    }
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    for (const auto& login : token.logins()) BOOST_TEST(login == "user 0");
}

BOOST_AUTO_TEST_CASE(may_be_noisy_and_leave_traces) {
    const ApartToken token("noise,traces");
    if (!token.made()) return;
    Trial trial;
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    client::test::wait_until_gone();
    BOOST_TEST(client::test::leftovers().empty());
}

BOOST_AUTO_TEST_CASE(is_shown_a_wrong_pin_as_often_as_one_was_typed) {
    const ApartToken token;
    if (!token.made()) return;
    Trial trial;
    trial.people.pins = {"000000", "111111", "123456"};
    trial.people.most_pins = 3;
    const auto receipt = trial.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(token.logins() == (std::vector<std::string>{"user 160", "user 160", "user 0", "user 0"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_is_missing_or_not_the_noted_one_is_named_before_anything_is_asked) {
    Trial missing;
    issue::Request request{.module = std::filesystem::path("/nowhere/maker.so"),
                           .backup = test::usual_backup().file};
    BOOST_TEST(test::name_of(issue::run(request, missing.people, missing.progress)) ==
               "client.module_not_found");
    Trial replaced;
    const Bytes other(32, 0x55);
    const profile::ModuleFile file{AWKWARD_MODULE, other};
    replaced.described.profile.module.files = {&file, 1};
    BOOST_TEST(test::name_of(replaced.run()) == "client.module_replaced");
    BOOST_TEST(replaced.people.left_alone());
    BOOST_TEST(!reached(replaced, issue::Step::capability));
}

BOOST_AUTO_TEST_SUITE_END()
