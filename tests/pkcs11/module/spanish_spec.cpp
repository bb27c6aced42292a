// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The Spanish families behind a real pcscd, used by pkcs11-tool through our module and judged by openssl.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

const std::string tool = "pkcs11-tool --module " MODULE_FILE " ";

Ran here(const std::string& command) { return run("cd '" + scratch().string() + "' && " + command); }
bool says(const Ran& ran, std::string_view text) { return ran.output.find(text) != std::string::npos; }

void succeeds(const std::string& command) {
    const auto ran = here(command);
    BOOST_TEST(ran.code == 0, command << ": " << ran.output);
}

bool installed() {
    if (run("command -v pkcs11-tool && command -v openssl").code == 0) return true;
    BOOST_TEST_MESSAGE("SKIPPED: pkcs11-tool or openssl is not installed");
    return false;
}

// Every certificate of the card is read, its key signs, and openssl verifies.
void all_sign(const std::string& mechanism, const std::string& verification, std::size_t keys) {
    const auto list =
        here(tool + "-O --type cert 2>/dev/null | sed -n 's/^ *ID: *//p' | sort -u > ids; wc -l < ids");
    BOOST_TEST(list.output == std::to_string(keys) + "\n");
    succeeds(
        "echo carta > text; while read id; do " + tool +
        "-r --type cert --id $id -o c.der && openssl x509 -inform DER -in c.der -noout -pubkey > c.pub && " +
        tool + "--login --pin 123456 --sign -m " + mechanism +
        " --id $id -i text -o signature && openssl dgst " + verification +
        " -verify c.pub -signature signature text || exit 1; done < ids");
}

void wrong_and_blocked(const std::string& kind) {
    const Practice practice{{kind}};
    if (!installed()) return;
    BOOST_TEST(says(here(tool + "--login --pin 999999 -O"), "CKR_PIN_INCORRECT"));
    BOOST_TEST(says(here(tool + "--login --pin 999999 -O"), "CKR_PIN_INCORRECT"));
    // The last try is a person's to spend.
    BOOST_TEST(says(here(tool + "-L"), "final user PIN try"));
    BOOST_TEST(says(here(tool + "--login --pin 999999 -O"), "CKR_PIN_LOCKED"));
    LoadedModule module;
    module.open();
    BOOST_TEST(module.verify_pin("999999") == CKR_PIN_LOCKED);
    BOOST_TEST(module.verify_pin() == CKR_PIN_LOCKED);
    BOOST_TEST(says(here(tool + "-L"), "PIN locked"));
    BOOST_TEST(says(here(tool + "-O"), "Certificate Object")); // what is public stays so
}

// Nobody has tried these profiles on a real card.
void is_read_only(const std::string& kind) {
    const Practice practice{{kind}};
    if (!installed()) return;
    BOOST_TEST(says(here(tool + "-L"), "readonly"));
    const auto changed = here(tool + "--login --pin 123456 --change-pin --new-pin 654321");
    BOOST_TEST(says(changed, "CKR_TOKEN_WRITE_PROTECTED"), changed.output);
    succeeds(tool + "--login --pin 123456 -O");
}

} // namespace

BOOST_AUTO_TEST_SUITE(SpanishCards)

PRACTICE_CASE(A_classic_card_with_contacts_lists_and_signs) {
    const Practice practice{{"classic"}};
    if (installed()) all_sign("SHA256-RSA-PKCS", "-sha256", 1);
}
PRACTICE_CASE(A_classic_card_without_contacts_signs_with_each_of_its_keys) {
    const Practice practice{{"classic:card=r7-contactless,bits=1024,keys=3,aid=0f"}};
    if (installed()) all_sign("SHA256-RSA-PKCS", "-sha256", 3);
}
PRACTICE_CASE(A_classic_card_signs_with_SHA_1_for_who_still_asks) {
    const Practice practice{{"classic:bits=1024"}};
    if (installed()) all_sign("SHA1-RSA-PKCS", "-sha1", 1);
}
PRACTICE_CASE(A_classic_PIN_is_told_wrong_and_blocked) { wrong_and_blocked("classic:bits=1024"); }
PRACTICE_CASE(A_classic_card_is_read_only) { is_read_only("classic:bits=1024"); }

PRACTICE_CASE(A_SafeSign_card_lists_and_signs) {
    const Practice practice{{"safesign:keys=2"}};
    if (installed()) all_sign("SHA512-RSA-PKCS", "-sha512", 2);
}
PRACTICE_CASE(A_university_card_with_SafeSign_lists_and_signs) {
    const Practice practice{{"safesign:card=r7,bits=1024"}};
    if (installed()) all_sign("SHA256-RSA-PKCS", "-sha256", 1);
}
PRACTICE_CASE(A_SafeSign_PIN_is_told_wrong_and_blocked) { wrong_and_blocked("safesign:bits=1024"); }
PRACTICE_CASE(A_SafeSign_card_is_read_only) { is_read_only("safesign:bits=1024"); }

PRACTICE_CASE(A_CERES_card_lists_and_signs) {
    const Practice practice{{"ceres:keys=2"}};
    if (installed()) all_sign("SHA256-RSA-PKCS", "-sha256", 2);
}
PRACTICE_CASE(A_CERES_card_with_the_oldest_lists_signs_PSS_too) {
    const Practice practice{{"ceres:lists=old,card=st,bits=1024"}};
    if (installed())
        all_sign("SHA256-RSA-PKCS-PSS --salt-len 32",
                 "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32", 1);
}
PRACTICE_CASE(A_CERES_PIN_is_told_wrong_and_blocked) { wrong_and_blocked("ceres:bits=1024"); }
PRACTICE_CASE(A_CERES_card_is_read_only) { is_read_only("ceres:bits=1024"); }

BOOST_AUTO_TEST_SUITE_END()
