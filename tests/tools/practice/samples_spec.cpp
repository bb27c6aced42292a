// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sample backups and letters, judged by openssl and poppler.
#include "tests/support/practice.hpp"
#include "tools/practice/samples/letter.hpp"

#include <fstream>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using test::run;

namespace {

std::string opened(const test::Backup& backup, const std::string& options) {
    const auto secret = test::scratch() / "secret";
    std::ofstream(secret) << backup.passphrase;
    return run("openssl pkcs12 -in '" + backup.file.string() + "' -passin 'file:" + secret.string() + "' " +
               options)
        .output;
}

std::string certificate_of(const test::Backup& backup, const std::string& options) {
    return run("openssl x509 -in '" + backup.certificate.string() + "' -noout -nameopt utf8 " + options)
        .output;
}

} // namespace

BOOST_AUTO_TEST_SUITE(practice_samples)

BOOST_DATA_TEST_CASE(a_backup_holds_a_key_and_its_chain, (std::vector<std::string>{"rsa", "ec", "expired"})) {
    const auto text = opened(test::backup(sample), "-nodes");
    BOOST_TEST(text.find("BEGIN PRIVATE KEY") != std::string::npos);
    std::size_t count = 0;
    for (auto at = text.find("BEGIN CERTIFICATE"); at != std::string::npos;
         at = text.find("BEGIN CERTIFICATE", at + 1))
        ++count;
    BOOST_TEST(count == 3U);
}

BOOST_AUTO_TEST_CASE(a_backup_has_the_form_firefox_gives_it) {
    const auto text = opened(test::backup(), "-info -noout");
    BOOST_TEST(text.find("MAC: sha256, Iteration 600000") != std::string::npos);
    BOOST_TEST(text.find("AES-256-CBC, Iteration 600000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_certificate_has_the_shape_and_the_size_of_a_citizens) {
    const auto& backup = test::backup();
    BOOST_TEST(certificate_of(backup, "-subject").find("serialNumber=IDCES-00000000T") != std::string::npos);
    BOOST_TEST(certificate_of(backup, "-text").find("Digital Signature, Non Repudiation, Key Encipherment") !=
               std::string::npos);
    const auto size =
        std::stoul(run("openssl x509 -outform DER -in '" + backup.certificate.string() + "' | wc -c").output);
    BOOST_TEST((size > 1550 && size < 1650), size);
}

BOOST_AUTO_TEST_CASE(the_chain_verifies_and_the_expired_one_does_not) {
    const auto verify = [](const test::Backup& backup) {
        return run("openssl verify -CAfile '" + backup.root.string() + "' -untrusted '" +
                   backup.issuer.string() + "' '" + backup.certificate.string() + "'")
            .output;
    };
    BOOST_TEST(verify(test::backup()).find(": OK") != std::string::npos);
    BOOST_TEST(verify(test::backup("expired")).find("has expired") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mismatched_backup_holds_the_key_of_another_certificate) {
    const auto text = opened(test::backup("mismatch"), "-nodes");
    const auto file = test::scratch() / "mismatch.pem";
    std::ofstream(file) << text;
    const auto ran = run("openssl pkey -in '" + file.string() + "' -pubout; openssl x509 -in '" +
                         file.string() + "' -noout -pubkey");
    const auto half = ran.output.size() / 2;
    BOOST_TEST(ran.code == 0);
    BOOST_TEST(ran.output.substr(0, half) != ran.output.substr(half));
}

BOOST_AUTO_TEST_CASE(a_backup_without_key_has_none) {
    const auto text = opened(test::backup("nokey"), "-nodes");
    BOOST_TEST(text.find("PRIVATE KEY") == std::string::npos);
    BOOST_TEST(text.find("BEGIN CERTIFICATE") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_letter_is_a_readable_page) {
    const auto file = test::scratch() / "letter.pdf";
    BOOST_REQUIRE(practice::write_sample_letter(file));
    BOOST_TEST(run("qpdf --check '" + file.string() + "'").code == 0);
    BOOST_TEST(run("pdftotext '" + file.string() + "' -").output.find("LUCÍA MUESTRA PRÁCTICA") !=
               std::string::npos);
    BOOST_TEST(run("pdfinfo '" + file.string() + "'").output.find("Pages:           1") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
