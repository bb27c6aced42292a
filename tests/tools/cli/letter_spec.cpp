// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter sign and verify, with the key that was loaded.
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;

std::string with_line(const std::string& name, const std::string& line) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << line << '\n';
    return file.string();
}

void load_card() {
    const auto ran = test::run(
        ACREDITA " issue '" + test::backup().file.string() + "' --passphrase-fd 3 --pin-fd 4 3<'" +
        with_line("passphrase", test::backup().passphrase) + "' 4<'" + with_line("pin", "123456") + "' 2>&1");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
}

std::string letter() {
    const auto file = test::scratch() / "letter.pdf";
    std::filesystem::remove(file);
    const auto made = test::run(SAMPLE_LETTER " '" + file.string() + "' 2>&1");
    BOOST_REQUIRE_MESSAGE(made.code == 0, made.output);
    return file.string();
}

test::Ran sign(const std::string& in, const std::string& out, const std::string& pin = "123456") {
    std::filesystem::remove(out);
    return test::run("LC_ALL=C " ACREDITA " letter sign '" + in + "' '" + out + "' --json --chain '" +
                     test::backup().issuer.string() + "' --pin-fd 4 4<'" + with_line("pin", pin) +
                     "' 2>/dev/null");
}

test::Ran verify(const std::string& file, const std::string& options = "") {
    return test::run("LC_ALL=C " ACREDITA " letter verify '" + file + "' --json " + options + " 2>/dev/null");
}

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_letter)

BOOST_AUTO_TEST_CASE(signs_with_one_use_of_the_key_and_the_signature_is_good) {
    const test::Practice practice;
    load_card();
    const auto out = (test::scratch() / "signed.pdf").string();
    const auto done = sign(letter(), out);
    BOOST_REQUIRE_MESSAGE(done.code == 0, done.output);
    BOOST_TEST(nlohmann::json::parse(done.output)["key_uses"] == 1);
    const auto verdict = verify(out, "--ca '" + test::backup().root.string() + "'");
    BOOST_TEST(verdict.code == 0, verdict.output);
    const auto json = nlohmann::json::parse(verdict.output);
    BOOST_TEST(json["signatures"][0]["sound"] == true);
    BOOST_TEST(json["signatures"][0]["covers_whole_file"] == true);
}

BOOST_AUTO_TEST_CASE(leaves_the_first_signature_good_when_a_second_one_is_added) {
    const test::Practice practice;
    load_card();
    const auto first = (test::scratch() / "first.pdf").string(),
               second = (test::scratch() / "second.pdf").string();
    BOOST_REQUIRE(sign(letter(), first).code == 0);
    BOOST_REQUIRE(sign(first, second).code == 0);
    const auto json = nlohmann::json::parse(verify(second).output);
    BOOST_REQUIRE(json["signatures"].size() == 2U);
    for (const auto& signature : json["signatures"]) BOOST_TEST(signature["sound"] == true);
}

BOOST_AUTO_TEST_CASE(writes_nothing_when_the_pin_is_wrong) {
    const test::Practice practice;
    load_card();
    const auto out = (test::scratch() / "refused.pdf").string();
    BOOST_TEST(sign(letter(), out, "000000").code == 40);
    BOOST_TEST(!std::filesystem::exists(out));
}

BOOST_AUTO_TEST_CASE(has_nothing_to_sign_with_on_an_empty_card) {
    const test::Practice practice({"piv:serial=7001"}); // a card that no cache remembers
    BOOST_TEST(sign(letter(), (test::scratch() / "empty.pdf").string()).code == 38);
}

BOOST_AUTO_TEST_CASE(says_that_an_unsigned_document_is_unsigned_and_an_altered_one_altered) {
    BOOST_TEST(verify(letter()).code == 66);
    const test::Practice practice;
    load_card();
    const auto out = (test::scratch() / "altered.pdf").string();
    BOOST_REQUIRE(sign(letter(), out).code == 0);
    std::fstream file(out, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(12);
    file.put('#');
    file.close();
    BOOST_TEST(verify(out).code == 65);
}

BOOST_AUTO_TEST_CASE(does_not_overwrite_a_file) {
    const test::Practice practice;
    load_card();
    const auto in = letter();
    const auto ran = test::run(ACREDITA " letter sign '" + in + "' '" + in + "' --pin-fd 4 4<'" +
                               with_line("pin", "123456") + "' 2>&1");
    BOOST_TEST(ran.code == 55, ran.output);
}

BOOST_AUTO_TEST_SUITE_END()
