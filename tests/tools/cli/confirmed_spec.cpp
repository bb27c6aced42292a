// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that nobody has tried, and the administrator's word for it in a real /etc (of this test's own).
#include "tests/support/practice.hpp"

#include <fstream>
#include <iostream>

#include <boost/test/unit_test.hpp>

using namespace acredita;

BOOST_AUTO_TEST_SUITE(a_card_that_documents_alone_speak_for)

BOOST_AUTO_TEST_CASE(gets_a_new_pin_once_the_administrator_has_confirmed_its_profile) {
    const auto script = (test::scratch() / "confirmed.sh").string();
    std::ofstream(script) << R"(set -eu
command -v pkcs11-tool >/dev/null || exit 77
tool="pkcs11-tool --module $ACREDITA_MODULE"
change() { $tool --login --pin 123456 --change-pin --new-pin 654321 2>&1; }
refused() { change | grep -q CKR_TOKEN_WRITE_PROTECTED; }
refused
mkdir -p /etc/acredita
printf '[cards]\nconfirmed = ["safesign"]\n' >/etc/acredita/module.toml # another one
refused
printf '[pin]\nlast_try = "open"\n[cards]\nconfirmed = ["gemalto-classic"]\n' >/etc/acredita/module.toml
chmod 666 /etc/acredita/module.toml # anybody's word
refused
chmod 644 /etc/acredita/module.toml
change
for n in 1 2 3; do $tool --login --pin 000000 -O || true; done
$tool --login --pin 654321 -O 2>&1 | grep -q CKR_PIN_LOCKED
$tool --unlock-pin --puk 12345678 --new-pin 123456
$tool --login --pin 123456 -O
)";
    const auto ran = test::run("export LC_ALL=C; sh " SOURCE_DIR "/tests/support/private_etc.sh " ACREDITA
                               " practice --card classic:bits=1024 -- sh " +
                               script + " 2>&1");
    if (ran.code == 77) {
        std::cout << "skipped: no mount namespace on this machine, or no pkcs11-tool\n";
        return;
    }
    BOOST_TEST(ran.code == 0, ran.output);
}

BOOST_AUTO_TEST_SUITE_END()
