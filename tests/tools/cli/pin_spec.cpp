// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita pin change and unblock.
#include "tests/support/practice.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace {

using namespace acredita;

std::string with_line(const std::string& name, const std::string& line) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << line << '\n';
    return file.string();
}

int change(const std::string& old_pin, const std::string& new_pin, const std::string& options = "") {
    return test::run("setsid " ACREDITA " pin change " + options + " --pin-fd 3 --new-pin-fd 4 3<'" +
                     with_line("old", old_pin) + "' 4<'" + with_line("new", new_pin) + "' >/dev/null 2>&1")
        .code;
}

int unblock(const std::string& puk, const std::string& new_pin) {
    return test::run("setsid " ACREDITA " pin unblock --puk-fd 3 --new-pin-fd 4 3<'" + with_line("puk", puk) +
                     "' 4<'" + with_line("new", new_pin) + "' >/dev/null 2>&1")
        .code;
}

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_pin)

BOOST_AUTO_TEST_CASE(changes_the_pin_and_the_old_one_is_gone) {
    const test::Practice practice;
    BOOST_TEST(change("123456", "705831") == 0);
    BOOST_TEST(change("123456", "908172") == 40);
    BOOST_TEST(change("705831", "592716") == 0);
}

BOOST_AUTO_TEST_CASE(replaces_a_forgotten_pin_with_the_puk_and_spends_no_try_of_it) {
    const test::Practice practice;
    BOOST_TEST(unblock("12345678", "705831") == 0);
    BOOST_TEST(change("705831", "592716") == 0);
}

BOOST_AUTO_TEST_CASE(unblocks_with_the_puk) {
    const test::Practice practice;
    BOOST_TEST(change("000000", "705831") == 40);
    BOOST_TEST(change("000000", "705831") == 40);
    BOOST_TEST(change("000000", "705831") == 41);
    BOOST_TEST(change("000000", "705831", "--last-try") == 42);
    BOOST_TEST(change("123456", "705831") == 42);
    BOOST_TEST(unblock("00000000", "705831") == 44);
    BOOST_TEST(unblock("12345678", "705831") == 0);
    BOOST_TEST(change("705831", "592716") == 0);
}

BOOST_AUTO_TEST_CASE(refuses_a_new_pin_that_is_easy_to_guess_and_spends_nothing) {
    const test::Practice practice;
    BOOST_TEST(change("123456", "111111") == 43);
    BOOST_TEST(change("123456", "147258") == 43);
    BOOST_TEST(unblock("12345678", "12345678") == 43);
    BOOST_TEST(change("123456", "705831") == 0);
}

BOOST_AUTO_TEST_CASE(hands_a_factory_card_over_to_its_holder) {
    const test::Practice practice({"piv:firmware=5.7,serial=" + std::to_string(::getpid())});
    const auto hand_over = [](const std::string& pin, const std::string& puk) {
        return test::run("setsid " ACREDITA " pin hand-over --json --new-pin-fd 3 --new-puk-fd 4 3<'" +
                         with_line("new", pin) + "' 4<'" + with_line("newpuk", puk) + "'");
    };
    BOOST_TEST(hand_over("123456", "40719263").code == 43);
    const auto done = hand_over("705831", "40719263");
    BOOST_TEST(done.code == 0, done.output);
    BOOST_TEST(done.output.find("\"puk\": \"by_holder\"") != std::string::npos, done.output);
    BOOST_TEST(unblock("40719263", "592716") == 0);
    // A second time there is nothing to do, and nothing is asked.
    BOOST_TEST(hand_over("111111", "1").output.find("\"puk\": \"left\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(prepares_a_blank_card_once_and_it_takes_a_certificate) {
    const test::Practice practice({"isoapplet:version=1,blank,serial=" + std::to_string(::getpid())});
    const auto prepare = [](const std::string& puk, const std::string& pin) {
        return test::run("setsid " ACREDITA " card prepare --label Oficina --puk-fd 3 --new-pin-fd 4 3<'" +
                         with_line("puk", puk) + "' 4<'" + with_line("new", pin) + "' 2>&1")
            .code;
    };
    BOOST_TEST(change("246810", "592716") != 0);
    BOOST_TEST(prepare("12345678", "246810") == 43); // too short for a PUK
    BOOST_TEST(prepare("1234567890123456", "246810") == 0);
    BOOST_TEST(prepare("1234567890123456", "908172") == 34); // nobody prepares it again
    BOOST_TEST(change("246810", "592716") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
