// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Backups as programs that nobody here wrote make them: OpenSSL, NSS, GnuTLS; old and new algorithms; all
// passwords.
#include "tests/tools/p12/exporters.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct Exporters {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");

    void opens(const Bytes& file, std::string_view password, const std::string& what) {
        const auto opened = open(file, secret(password));
        BOOST_REQUIRE_MESSAGE(opened, what << ": " << outcome(opened));
        BOOST_TEST(opened->credentials.size() == 1U);
        BOOST_TEST(opened->keys == 1U);
        const bool mac = opened->envelope.mac != MacKind::none;
        const auto other = outcome(open(file, secret("other")));
        BOOST_TEST(other == (mac ? "wrong_password" : "cannot_decrypt"), what << ": " << other);
    }
};

const std::vector<std::string> openssl_variants[] = {
    {},
    {"-legacy"},
    {"-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"},
    {"-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-40", "-legacy"},
    {"-certpbe", "AES-128-CBC", "-keypbe", "AES-192-CBC", "-macalg", "sha512"},
    {"-certpbe", "DES-EDE3-CBC", "-keypbe", "CAMELLIA-256-CBC"},
    {"-nomac"},
    {"-nomaciter", "-iter", "1"},
};

const std::string_view passwords[] = {
    "1234",
    "contrase\xC3\xB1"
    "a con \xC3\xB1 \xC3\xA1 \xE2\x82\xAC",
    "clave \xF0\x9F\x98\x80",
    "  con espacios  ",
    "setenta y un caracteres con \xC3\xB1 dentro, para que el b\xC3\xBA"
    "fer de nadie baste",
    "",
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exporters, Exporters)

BOOST_AUTO_TEST_CASE(what_openssl_writes_opens_with_every_password) {
    for (const auto& variant : openssl_variants)
        for (const auto password : passwords) {
            std::string what = "openssl";
            for (const auto& option : variant) what += " " + option;
            opens(export_with_openssl(folder, pair, password, variant), password, what);
        }
}

BOOST_AUTO_TEST_CASE(what_nss_writes_opens) {
    const auto file = export_with_nss(folder, pair, passwords[1]);
    BOOST_TEST(sniff(file)->indefinite);
    opens(file, passwords[1], "pk12util");
}

BOOST_AUTO_TEST_CASE(what_old_nss_wrote_opens) {
    opens(export_with_nss(folder, pair, "1234", old_nss), "1234", "pk12util, old algorithms");
}

BOOST_AUTO_TEST_CASE(what_gnutls_writes_opens) {
    opens(export_with_gnutls(folder, pair, "1234"), "1234", "certtool");
    opens(export_with_gnutls(folder, pair, "1234", {"--pkcs-cipher", "3des-pkcs12", "--hash", "sha1"}),
          "1234", "certtool, 3DES");
    opens(export_with_gnutls(folder, pair, "1234", {"--pkcs-cipher", "rc2-40"}), "1234", "certtool, RC2");
}

BOOST_AUTO_TEST_CASE(the_key_gnutls_leaves_in_clear_under_an_empty_password_is_found) {
    const auto opened = open(export_with_gnutls(folder, pair, ""), {});
    BOOST_REQUIRE_MESSAGE(opened, outcome(opened));
    BOOST_TEST(opened->credentials.size() == 1U);
}

BOOST_AUTO_TEST_CASE(blanks_typed_around_the_password_are_forgiven_and_told) {
    const auto opened = open(export_with_openssl(folder, pair, "1234"), secret("1234 "));
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->form == PasswordForm::trimmed));
    BOOST_TEST((opened->warnings == std::vector{Warning::password_not_as_typed}));
}

BOOST_AUTO_TEST_CASE(an_ordinary_backup_opens_without_a_remark) {
    const auto opened = open(export_with_openssl(folder, pair, "1234"), secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->warnings.empty());
    BOOST_TEST(opened->lone_certificates.empty());
}

BOOST_AUTO_TEST_CASE(without_the_legacy_provider_an_old_file_says_what_is_missing) {
    const auto crypto = Crypto::create(false);
    BOOST_REQUIRE(crypto);
    OpenOptions options;
    options.crypto = &*crypto;
    const auto file = export_with_openssl(
        folder, pair, "1234", {"-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-RC2-40", "-legacy"});
    BOOST_TEST(outcome(open(file, secret("1234"), options)) == "legacy_provider_missing");
}

BOOST_AUTO_TEST_SUITE_END()
