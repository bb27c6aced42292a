// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The job with a module that has no vendor interface: nothing is guessed, everything is still proven.
#include "tests/tools/issue/bench.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace {

using namespace acredita;

// A SoftHSM token of its own, made by SoftHSM's own tool.
class SoftToken {
public:
    SoftToken()
        : folder_(std::filesystem::temp_directory_path() / ("acredita-soft-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder_ / "tokens");
        std::ofstream(folder_ / "softhsm.conf")
            << "directories.tokendir = " << (folder_ / "tokens").string() << "\n";
        ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm.conf").c_str(), 1);
        made_ = std::system("softhsm2-util --init-token --free --label office --pin 123456 --so-pin 87654321 "
                            ">/dev/null 2>&1") == 0;
    }
    ~SoftToken() { std::filesystem::remove_all(folder_); }
    SoftToken(const SoftToken&) = delete;
    SoftToken& operator=(const SoftToken&) = delete;
    [[nodiscard]] bool made() const { return made_ && std::filesystem::exists(SOFTHSM_MODULE); }

private:
    std::filesystem::path folder_;
    bool made_ = false;
};

Result<issue::Receipt> run(test::ScriptedPeople& people) {
    test::RecordedProgress progress;
    const issue::Request request{
        .module = std::filesystem::path(SOFTHSM_MODULE), .backup = test::usual_backup().file, .version = "test"};
    return issue::run(request, people, progress);
}

bool missing(const SoftToken& token) {
    if (token.made()) return false;
    BOOST_TEST_MESSAGE("SKIPPED: SoftHSM2 is not installed");
    return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_module_without_the_vendor_interface)

BOOST_AUTO_TEST_CASE(carries_the_whole_job_and_its_word_is_called_a_word) {
    const SoftToken token;
    if (missing(token)) return;
    test::ScriptedPeople people;
    const auto receipt = run(people);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(receipt->proof.certificate_identical);
    BOOST_TEST((receipt->proof.refusal == issue::Witness::module));
    BOOST_TEST((receipt->proof.protection == issue::Witness::module));
    BOOST_TEST(!receipt->proof.status_word.has_value());
    BOOST_TEST(!receipt->proof.card_restarted);
    BOOST_TEST(!receipt->place.has_value());
}

BOOST_AUTO_TEST_CASE(shows_no_number_of_tries_because_it_knows_none) {
    const SoftToken token;
    if (missing(token)) return;
    test::ScriptedPeople people;
    BOOST_REQUIRE(run(people));
    BOOST_REQUIRE(people.tries_shown.size() == 1U);
    BOOST_TEST(!people.tries_shown.front().has_value());
}

BOOST_AUTO_TEST_CASE(stores_nothing_twice_when_the_job_is_run_again) {
    const SoftToken token;
    if (missing(token)) return;
    test::ScriptedPeople people;
    BOOST_REQUIRE(run(people));
    const auto again = run(people);
    BOOST_REQUIRE_MESSAGE(again, (again ? "" : describe(again.error())));
    BOOST_TEST(again->resumed);
}

BOOST_AUTO_TEST_CASE(refuses_a_wrong_pin_before_anything_is_written) {
    const SoftToken token;
    if (missing(token)) return;
    test::ScriptedPeople people;
    people.pins = {"000000"};
    BOOST_TEST(test::name_of(run(people)) == "issue.pin_wrong");
    people.pins = {"123456"};
    const auto receipt = run(people);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_TEST(!receipt->resumed);
}

BOOST_AUTO_TEST_SUITE_END()
