// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// OpenSC has no driver for any of these families in Debian 12: gemsafeV1 knows other cards of the maker, dnie
// only those with a secure channel, and none SafeSign. What it does judge is everything that is ISO 7816-4
// and PKCS #15 about them: its explorer selects, reads, decodes and verifies with commands and a parser of
// its own, and openssl takes the certificates it has read and the signatures that the commands of opensc-tool
// bring.
#include "pcsc/base/bytes.hpp"
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using test::Practice;

namespace {

// The commands one after the other, as a person would type them.
std::string explore(const std::string& commands) {
    const auto script = test::scratch() / "explorer.txt";
    std::ofstream(script) << commands << "quit\n";
    return test::run("cd '" + test::scratch().string() + "' && opensc-explorer -c default -m '' explorer.txt")
        .output;
}

std::string subject(const std::string& file) {
    return test::run("cd '" + test::scratch().string() +
                     "' && openssl x509 -inform DER -noout -subject -in " + file)
        .output;
}

std::size_t times(const std::string& text, std::string_view what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

bool says(const std::string& text, std::string_view what) { return times(text, what) != 0; }

const std::string classic = "apdu 00A404000CA0000000180E000001634200\napdu 00A40000025000\n";
const std::string right = "31:32:33:34:35:36:00:00:00:00:00:00:00:00:00:00";
const std::string wrong = "39:39:39:39:39:39:00:00:00:00:00:00:00:00:00:00";

} // namespace

BOOST_AUTO_TEST_SUITE(spanish_practice_clients)

BOOST_AUTO_TEST_CASE(the_lists_and_certificates_of_a_classic_card_are_what_opensc_can_decode) {
    for (const auto* card : {"classic:bits=1024,keys=2", "classic:bits=1024,keys=2,card=r7-contactless"}) {
        const Practice practice({card});
        const auto seen =
            explore(classic + "asn1 5001\n" + classic + "asn1 5003\n" + classic + "get 5041 classic.der\n");
        BOOST_TEST(times(seen, "Clave privada") == 2U, seen);
        BOOST_TEST(says(seen, "50 40"), seen);
        BOOST_TEST(says(subject("classic.der"), "PERSONA DE PRUEBAS 2"), seen);
    }
}

BOOST_AUTO_TEST_CASE(opensc_verifies_changes_and_blocks_the_pin_of_a_classic_card) {
    const Practice practice({"classic:bits=1024"});
    BOOST_TEST(says(explore(classic + "verify CHV129 " + right + "\n"), "Code correct"));
    BOOST_TEST(says(explore(classic + "verify CHV129 " + wrong + "\n"), "2 tries left"));
    BOOST_TEST(says(explore(classic + "change CHV129 " + right + " " + wrong + "\n"), "PIN changed"));
    BOOST_TEST(says(explore(classic + "verify CHV129 " + wrong + "\n"), "Code correct"));
    for (int n = 0; n < 3; ++n) (void)explore(classic + "verify CHV129 " + right + "\n");
    BOOST_TEST(!says(explore(classic + "verify CHV129 " + wrong + "\n"), "Code correct"));
}

BOOST_AUTO_TEST_CASE(the_lists_and_certificates_of_a_safesign_card_are_what_opensc_can_decode) {
    const Practice practice({"safesign:bits=1024,keys=2"});
    const auto seen = explore("cd aid:A000000063504B43532D3135\nasn1 5031\nasn1 4401\nasn1 4402\n"
                              "get 4301 safesign.der\n");
    BOOST_TEST(says(seen, "Context 4"), seen);
    BOOST_TEST(times(seen, "3F FF 43") == 3U, seen);
    BOOST_TEST(says(subject("safesign.der"), "PERSONA DE PRUEBAS 2"), seen);
}

// What its files are is said in a way that only drivers for its family understand, so they are read by hand.
BOOST_AUTO_TEST_CASE(the_lists_and_certificates_of_a_ceres_card_are_what_openssl_can_decode) {
    const Practice practice({"ceres:bits=1024,keys=2,plain"});
    const auto read = [](const std::string& identifier, const std::string& file) {
        Bytes content;
        const auto shown =
            explore("apdu 00A404000B4D61737465722E46696C65\napdu 00A40000025015\napdu 00A4000002" +
                    identifier + "\napdu 00B00000DE\napdu 00B000DEDE\napdu 00B001BCDE\n");
        std::istringstream lines(shown);
        bool reading = false;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("Sending: ")) reading = line.starts_with("Sending: 00 B0");
            // Sixteen bytes a line, and then the same as text.
            const auto bytes = from_hex(line.substr(0, 48));
            if (reading && bytes && line.size() > 48) append(content, *bytes);
        }
        std::ofstream(test::scratch() / file, std::ios::binary)
            .write(reinterpret_cast<const char*>(content.data()),
                   static_cast<std::streamsize>(content.size()));
    };
    read("6004", "ceres.list");
    read("7002", "ceres.der");
    const auto list = test::run("cd '" + test::scratch().string() +
                                "' && openssl asn1parse -inform DER -in ceres.list 2>&1");
    BOOST_TEST(says(list.output, "3F0050157001"), list.output);
    BOOST_TEST(says(subject("ceres.der"), "PERSONA DE PRUEBAS 2"));
}

BOOST_AUTO_TEST_CASE(a_card_is_born_with_the_credential_it_is_given) {
    const auto place = test::scratch().string();
    const auto made =
        test::run("cd '" + place +
                  "' && openssl req -x509 -newkey rsa:2048 -nodes -keyout born.pem"
                  " -out certificate.pem -subj /CN=NACIDA -days 9 2>&1 && cat certificate.pem >> born.pem");
    BOOST_REQUIRE_MESSAGE(made.code == 0, made.output);
    const Practice practice({"classic:credential=" + place + "/born.pem"});
    (void)explore(classic + "get 5040 born.der\n");
    BOOST_TEST(says(subject("born.der"), "NACIDA"));
}

BOOST_AUTO_TEST_SUITE_END()
