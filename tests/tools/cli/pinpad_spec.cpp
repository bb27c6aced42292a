// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The commands that need a PIN, in front of a reader where the person types it.
#include "tests/support/practice.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using Person = practice::Pinpad::Person;

struct Desk {
    test::Practice practice{{"piv:pinpad"}};

    void types(std::initializer_list<std::string_view> entries) {
        for (const auto digits : entries)
            BOOST_REQUIRE(practice->person(0, Person::types, ZeroingBytes(digits.begin(), digits.end())));
    }
    // Exit code and what the person reads; nobody answers questions.
    [[nodiscard]] static test::Ran run(const std::string& command) {
        return test::run("LC_ALL=C setsid " ACREDITA " " + command);
    }
    test::Ran issue() {
        const auto file = test::scratch() / "passphrase";
        std::ofstream(file) << test::backup().passphrase << '\n';
        return run("issue '" + test::backup().file.string() + "' --passphrase-fd 3 3<'" + file.string() +
                   "'");
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_at_a_reader_with_keys)

BOOST_AUTO_TEST_CASE(issue_asks_there_once_for_the_job_and_once_for_the_proof_and_letter_sign_once) {
    Desk desk;
    desk.types({"123456", "123456"});
    const auto issued = desk.issue();
    BOOST_TEST(issued.code == 0, issued.output);
    const auto letter = (test::scratch() / "letter-of-a-reader.pdf").string();
    const auto signed_letter = (test::scratch() / "signed-at-a-reader.pdf").string();
    BOOST_REQUIRE_EQUAL(test::run(SAMPLE_LETTER " '" + letter + "'").code, 0);
    desk.types({"123456"});
    const auto done = Desk::run("letter sign '" + letter + "' '" + signed_letter + "' --chain '" +
                                test::backup().issuer.string() + "'");
    BOOST_TEST(done.code == 0, done.output);
    BOOST_TEST(done.output.find("keypad") != std::string::npos);
    BOOST_TEST(
        Desk::run("letter verify '" + signed_letter + "' --ca '" + test::backup().root.string() + "'").code ==
        0);
}

BOOST_AUTO_TEST_CASE(issue_that_is_cancelled_or_typed_wrong_there_writes_nothing_and_says_why) {
    Desk desk;
    BOOST_REQUIRE(desk.practice->person(0, Person::cancels));
    const auto cancelled = desk.issue();
    BOOST_TEST(cancelled.code != 0);
    desk.types({"999999"});
    BOOST_TEST(desk.issue().code == 40);
    desk.types({"123456", "123456"});
    const auto issued = desk.issue(); // the next run completes
    BOOST_TEST(issued.code == 0, issued.output);
}

BOOST_AUTO_TEST_CASE(the_last_try_is_spent_there_only_after_a_yes) {
    Desk desk;
    desk.types({"999999"});
    BOOST_TEST(desk.issue().code == 40);
    desk.types({"999999"});
    BOOST_TEST(desk.issue().code == 40);
    BOOST_TEST(desk.issue().code == 41);
    BOOST_TEST(Desk::run("pin change").code == 41);
    desk.types({"123456", "123456", "654321", "654321"}); // checked by itself first, then changed
    BOOST_TEST(Desk::run("pin change --last-try").code == 0);
}

BOOST_AUTO_TEST_CASE(the_pin_is_changed_and_replaced_with_the_puk_there) {
    Desk desk;
    desk.types({"123456", "654321", "654321"});
    const auto changed = Desk::run("pin change");
    BOOST_TEST(changed.code == 0, changed.output);
    BOOST_TEST(changed.output.find("old PIN") != std::string::npos);
    desk.types({"12345678", "111222", "111222"});
    BOOST_TEST(Desk::run("pin unblock").code == 0);
    desk.types({"111222", "123456", "123456"});
    BOOST_TEST(Desk::run("pin change").code == 0);
    desk.types({"00000000", "111222", "111222"});
    BOOST_TEST(Desk::run("pin unblock").code == 44);
}

BOOST_AUTO_TEST_SUITE_END()
