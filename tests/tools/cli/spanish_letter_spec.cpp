// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A letter signed with the key that a Spanish card was handed out with.
#include "tests/support/practice.hpp"

#include <fstream>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

std::string file(const std::string& name) { return (test::scratch() / name).string(); }

void must(const std::string& command) {
    const auto ran = test::run(command);
    BOOST_REQUIRE_MESSAGE(ran.code == 0, command << ": " << ran.output);
}

// The backup of practice as one PEM file, which is how a practice card is born with it.
std::string credential() {
    const auto& backup = test::backup();
    std::ofstream(file("born-passphrase")) << backup.passphrase << '\n';
    must("openssl pkcs12 -in '" + backup.file.string() + "' -nodes -passin 'file:" + file("born-passphrase") +
         "' -nocerts -out '" + file("born.pem") + "' 2>&1 && cat '" + backup.certificate.string() + "' >> '" +
         file("born.pem") + "'");
    return file("born.pem");
}

} // namespace

BOOST_AUTO_TEST_SUITE(acredita_letter_with_a_spanish_card)

BOOST_DATA_TEST_CASE(is_signed_and_the_signature_is_good,
                     (std::vector<std::string>{"classic:card=r7", "safesign", "ceres"})) {
    const auto kind =
        sample + (sample.find(':') == std::string::npos ? ":" : ",") + "credential=" + credential();
    const test::Practice practice({kind});
    std::ofstream(file("born-pin")) << "123456\n";
    std::filesystem::remove(file("spanish-signed.pdf"));
    std::filesystem::remove(file("spanish.pdf"));
    must(SAMPLE_LETTER " '" + file("spanish.pdf") + "' 2>&1");
    must("LC_ALL=C " ACREDITA " letter sign '" + file("spanish.pdf") + "' '" + file("spanish-signed.pdf") +
         "' --chain '" + test::backup().issuer.string() + "' --pin-fd 4 4<'" + file("born-pin") + "' 2>&1");
    must("LC_ALL=C " ACREDITA " letter verify '" + file("spanish-signed.pdf") + "' --ca '" +
         test::backup().root.string() + "' 2>&1");
}

BOOST_AUTO_TEST_SUITE_END()
