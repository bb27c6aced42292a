// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Programs nobody here wrote, with our module in front of a practice card.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Loaded {
    Loaded() {
        LoadedModule module;
        module.load_card(office_pair());
    }
    Practice practice{{"piv:serial=320"}};
};

bool installed(const char* program) {
    if (run(std::string("command -v ") + program).code == 0) return true;
    BOOST_TEST_MESSAGE("SKIPPED: " << program << " is not installed");
    return false;
}

bool says(const Ran& ran, std::string_view text) { return ran.output.find(text) != std::string::npos; }

const std::string module = MODULE_FILE;

} // namespace

BOOST_AUTO_TEST_SUITE(Interop)

PRACTICE_CASE(pkcs11_tool_lists_signs_and_passes_its_own_test) {
    const Loaded loaded;
    if (!installed("pkcs11-tool")) return;
    const auto list = run("pkcs11-tool --module " + module + " -O");
    BOOST_TEST(list.code == 0, list.output);
    BOOST_TEST(says(list, "Certificate Object"));
    BOOST_TEST(says(list, "Public Key Object"));
    BOOST_TEST(!says(list, "Private Key Object"));
    const auto test = run("pkcs11-tool --module " + module + " --login --pin 123456 --test");
    BOOST_TEST(test.code == 0, test.output);
    BOOST_TEST(says(test, "No errors"), test.output);
}
PRACTICE_CASE(pkcs11_tool_passes_its_test_on_a_P256_key_too) {
    const Practice practice{{"piv:serial=321"}};
    if (!installed("pkcs11-tool")) return;
    {
        LoadedModule loaded;
        loaded.load_card(ec_pair());
    }
    const auto test = run("pkcs11-tool --module " + module + " --login --pin 123456 --test");
    BOOST_TEST(test.code == 0, test.output);
    BOOST_TEST(says(test, "No errors"), test.output);
}
PRACTICE_CASE(pkcs11_tool_makes_renames_uses_and_removes_a_P256_pair_with_the_PIN_alone) {
    const Practice practice{{"piv:serial=322,firmware=5.4", "piv:serial=323,firmware=5.7"}};
    if (!installed("pkcs11-tool")) return;
    for (const auto* slot : {"0", "1"}) {
        const auto test =
            run("pkcs11-tool --module " + module + " --slot " + slot +
                " --session-rw --login --pin 123456 --test-ec --id 01 --key-type EC:prime256v1");
        BOOST_TEST(test.code == 0, test.output);
        BOOST_TEST(says(test, "==> OK"), test.output);
    }
}
PRACTICE_CASE(pkcs11_tool_enrols_as_Netscape_did_certificate_and_all) {
    const Practice practice{{"piv:serial=324,firmware=5.4", "piv:serial=325,firmware=5.7"}};
    if (!installed("pkcs11-tool")) return;
    const auto certificate = scratch() / "enrolled.der";
    std::ofstream(certificate, std::ios::binary)
        .write(reinterpret_cast<const char*>(rsa_pair().certificate.data()),
               static_cast<std::streamsize>(rsa_pair().certificate.size()));
    for (const auto* slot : {"0", "1"}) {
        const auto test = run("pkcs11-tool --module " + module + " --slot " + slot +
                              " --session-rw --login --pin 123456 --id 01 --key-type rsa:2048 --moz-cert " +
                              certificate.string());
        BOOST_TEST(test.code == 0, test.output);
        BOOST_TEST(says(test, "==> OK, successful! Should work with Mozilla"), test.output);
    }
}
PRACTICE_CASE(pkcs11_tool_forks_and_runs_eight_threads) {
    const Loaded loaded;
    if (!installed("pkcs11-tool")) return;
    BOOST_TEST(run("pkcs11-tool --module " + module + " --test-fork").code == 0);
    std::string eight;
    for (const auto* commands : {"IN", "IN", "IL", "GI", "ILGISLT0", "ILGISLT0", "SLT0", "ILGISLT0"})
        eight += std::string(" --test-threads ") + commands;
    const auto threads = run("pkcs11-tool --module " + module + eight);
    BOOST_TEST(threads.code == 0, threads.output);
}
PRACTICE_CASE(pkcs11_tool_agrees_on_the_secret_that_OpenSSL_comes_to) {
    const Practice practice{{"piv:serial=326"}};
    if (!installed("pkcs11-tool") || !installed("openssl")) return;
    {
        LoadedModule loaded;
        loaded.load_card(ec_pair());
    }
    const auto at = scratch().string();
    const auto made =
        run("cd " + at +
            " && openssl ecparam -name prime256v1 -genkey -noout -out peer.pem"
            " && openssl pkey -in peer.pem -pubout -outform DER -out peer.der"
            " && pkcs11-tool --module " +
            module + " -r --type pubkey -o mine.der --id " + to_hex(id_of(ec_pair())) +
            " && openssl pkeyutl -derive -inkey peer.pem -peerform DER -peerkey mine.der -out theirs"
            " && pkcs11-tool --module " +
            module + " --login --pin 123456 --derive -m ECDH1-DERIVE --id " + to_hex(id_of(ec_pair())) +
            " -i peer.der -o ours && cmp ours theirs");
    BOOST_TEST(made.code == 0, made.output);
}
PRACTICE_CASE(pkcs11_tool_unlocks_a_blocked_PIN_with_the_PUK) {
    const Loaded loaded;
    if (!installed("pkcs11-tool") || !installed("yubico-piv-tool")) return;
    // By a program that does not guard the last try.
    for (int i = 0; i < 3; ++i) (void)run("yubico-piv-tool -r Practice -a verify-pin -P 999999");
    const auto unlocked =
        run("pkcs11-tool --module " + module + " --unlock-pin --puk 12345678 --new-pin 654321");
    BOOST_TEST(unlocked.code == 0, unlocked.output);
    BOOST_TEST(run("pkcs11-tool --module " + module + " --login --pin 654321 -O").code == 0);
}
PRACTICE_CASE(p11tool_lists_and_makes_a_test_signature) {
    const Loaded loaded;
    if (!installed("p11tool")) return;
    const auto list = run("GNUTLS_PIN=123456 p11tool --provider " + module + " --login --list-all");
    BOOST_TEST(list.code == 0, list.output);
    BOOST_TEST(says(list, "type=private"), list.output);
    const auto from = list.output.rfind("pkcs11:");
    const auto url = list.output.substr(from, list.output.find('\n', from) - from);
    const auto sign =
        run("GNUTLS_PIN=123456 p11tool --provider " + module + " --login --test-sign '" + url + "'");
    BOOST_TEST(sign.code == 0, sign.output);
}
PRACTICE_CASE(ssh_keygen_reads_the_key_without_login) {
    const Loaded loaded;
    if (!installed("ssh-keygen")) return;
    const auto ran = run("ssh-keygen -D " + module);
    BOOST_TEST(ran.code == 0, ran.output);
    BOOST_TEST(says(ran, "ssh-rsa "), ran.output);
}

BOOST_AUTO_TEST_SUITE_END()
