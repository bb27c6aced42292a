// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The practice cards behave like real ones to programs nobody here wrote: yubico-piv-tool and OpenSC.
#include "tests/support/practice.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using test::Practice;
using test::run;

namespace {

// Keys and certificates made by openssl, in a directory the shell commands run in.
std::string workshop() {
    static const std::string place = [] {
        const auto path = test::scratch() / "workshop";
        std::filesystem::create_directories(path);
        const auto made = run("cd '" + path.string() + R"(' && exec 2>&1
            openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.pem -subj /CN=RSA -days 9 &&
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.key -out ec.pem \
                -subj /CN=EC -days 9 &&
            for one in rsa ec; do openssl x509 -in $one.pem -noout -pubkey > $one.pub || exit 1; done
            echo text > text && openssl dgst -sha256 -binary text > hash)");
        BOOST_REQUIRE_MESSAGE(made.code == 0, made.output);
        return path.string();
    }();
    return place;
}

test::Ran here(const std::string& command) { return run("cd '" + workshop() + "' && " + command); }

void succeeds(const std::string& command) {
    const auto ran = here(command);
    BOOST_TEST(ran.code == 0, command << ": " << ran.output);
}

const std::string piv_tool = "yubico-piv-tool -r '' ";
const std::string opensc = "pkcs11-tool --module opensc-pkcs11.so ";

// The Debian 12 release of yubico-piv-tool knows administration keys of 3DES only.
const std::vector<std::string> importing{"piv", "piv:firmware=4.3", "piv:firmware=5.7,admin=3des",
                                         "piv:firmware=pivapplet", "piv:extended=no"};

} // namespace

BOOST_AUTO_TEST_SUITE(practice_clients)

BOOST_DATA_TEST_CASE(a_key_imported_by_yubico_piv_tool_signs_for_opensc, importing) {
    const Practice practice({sample});
    succeeds(piv_tool + "-a import-key -s 9a -i rsa.key");
    succeeds(piv_tool + "-a import-certificate -s 9a -i rsa.pem");
    BOOST_TEST(here(piv_tool + "-a status").output.find("CN=RSA") != std::string::npos);
    succeeds(opensc + "--login --pin 123456 --sign --id 01 -m SHA256-RSA-PKCS -i text -o signature");
    succeeds("openssl dgst -sha256 -verify rsa.pub -signature signature text");
}

BOOST_AUTO_TEST_CASE(an_elliptic_key_behind_a_pin_for_each_use_signs_for_opensc) {
    const Practice practice;
    succeeds(piv_tool + "-a import-key -s 9c -i ec.key");
    succeeds(piv_tool + "-a import-certificate -s 9c -i ec.pem");
    succeeds(opensc +
             "--login --pin 123456 --sign --id 02 -m ECDSA --signature-format openssl -i hash -o signature");
    succeeds("openssl pkeyutl -verify -pubin -inkey ec.pub -in hash -sigfile signature");
}

BOOST_AUTO_TEST_CASE(opensc_decrypts_with_an_imported_key) {
    const Practice practice;
    succeeds(piv_tool + "-a import-key -s 9d -i rsa.key");
    succeeds(piv_tool + "-a import-certificate -s 9d -i rsa.pem");
    succeeds("openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in hash -out secret");
    succeeds(opensc + "--login --pin 123456 --decrypt --id 03 -m RSA-PKCS -i secret -o clear");
    succeeds("cmp clear hash");
}

BOOST_DATA_TEST_CASE(a_key_is_generated_on_the_card, importing) {
    const Practice practice({sample});
    succeeds(piv_tool + "-a generate -s 9a -A ECCP256 -o generated.pub");
    succeeds("openssl pkey -pubin -in generated.pub -noout");
}

BOOST_AUTO_TEST_CASE(pins_are_checked_changed_and_unblocked_by_yubico_piv_tool) {
    const Practice practice;
    succeeds(piv_tool + "-a verify-pin -P 123456");
    BOOST_TEST(here(piv_tool + "-a verify-pin -P 999999").output.find("2 tries left") != std::string::npos);
    succeeds(piv_tool + "-a change-pin -P 123456 -N 654321");
    succeeds(piv_tool + "-a unblock-pin -P 12345678 -N 111111");
    succeeds(piv_tool + "-a verify-pin -P 111111");
    succeeds(piv_tool + "-a verify-pin -P 111111 -a pin-retries --pin-retries 6 --puk-retries 4");
    BOOST_TEST(here(piv_tool + "-a status").output.find("PIN tries left:\t6") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_administration_key_is_changed_by_yubico_piv_tool) {
    const Practice practice;
    const std::string key = "0102030405060708090A0B0C0D0E0F101112131415161718";
    succeeds(piv_tool + "-a set-mgm-key -n " + key);
    BOOST_TEST(here(piv_tool + "-a set-chuid").code != 0);
    succeeds(piv_tool + "-k" + key + " -a set-chuid");
}

BOOST_AUTO_TEST_CASE(a_blocked_card_is_emptied_by_yubico_piv_tool) {
    const Practice practice({"piv:tries=1"});
    succeeds(piv_tool + "-a import-certificate -s 9a -i rsa.pem");
    (void)here(piv_tool + "-a verify-pin -P 999999");
    for (int n = 0; n < 3; ++n) (void)here(piv_tool + "-a unblock-pin -P 99999999 -N 111111");
    succeeds(piv_tool + "-a reset");
    BOOST_TEST(here(piv_tool + "-a status").output.find("CN=RSA") == std::string::npos);
}

BOOST_DATA_TEST_CASE(opensc_knows_the_card,
                     (std::vector<std::string>{"piv", "piv:t0", "piv:firmware=4.3", "piv:firmware=nist",
                                               "piv:firmware=noimport", "piv:firmware=pivapplet"})) {
    const Practice practice({sample});
    BOOST_TEST(here("piv-tool --name").output.find("Personal Identity Verification Card") !=
               std::string::npos);
    BOOST_TEST(here(opensc + "-L").output.find("PIV") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_card_without_import_refuses_yubico_piv_tool) {
    const Practice practice({"piv:firmware=noimport"});
    BOOST_TEST(here(piv_tool + "-a import-key -s 9a -i rsa.key").code != 0);
    succeeds(piv_tool + "-a generate -s 9a -A ECCP256 -o generated.pub");
}

BOOST_AUTO_TEST_CASE(an_unknown_card_shows_its_answer_to_reset) {
    const Practice practice({"unknown:atr=3B8001"
                             "81"});
    BOOST_TEST(here("opensc-tool -a").output.find("3b:80:01:81") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ykcs11_finds_a_reader_with_the_name_it_looks_for) {
    auto options = test::practice_options({"piv"});
    options.reader_name = "Yubico YubiKey OTP+FIDO+CCID";
    const Practice practice(options);
    succeeds(piv_tool + "-a import-key -s 9a -i rsa.key");
    succeeds(piv_tool + "-a import-certificate -s 9a -i rsa.pem");
    BOOST_TEST(here("pkcs11-tool --module libykcs11.so -O").output.find("Authentication") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
