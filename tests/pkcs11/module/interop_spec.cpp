// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Programs nobody here wrote, with our module in front of a practice card.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <cstdlib>

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
PRACTICE_CASE(pkcs11_tool_forks_and_runs_its_threads) {
    const Loaded loaded;
    if (!installed("pkcs11-tool")) return;
    BOOST_TEST(run("pkcs11-tool --module " + module + " --test-fork").code == 0);
    const auto threads =
        run("pkcs11-tool --module " + module +
            " --test-threads IN --test-threads IN --test-threads ILGISLT0 --test-threads ILGISLT0");
    BOOST_TEST(threads.code == 0, threads.output);
}
PRACTICE_CASE(pkcs11_tool_unlocks_a_blocked_PIN_with_the_PUK) {
    const Loaded loaded;
    if (!installed("pkcs11-tool")) return;
    for (int i = 0; i < 3; ++i) (void)run("pkcs11-tool --module " + module + " --login --pin 999999 -O");
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
