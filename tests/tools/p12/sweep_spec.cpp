// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The long sweeps, run by name: real exporters with every password and kind of key, every truncation, every
// bit.
#include "tests/tools/p12/exporters.hpp"
#include "tools/p12/exporter.hpp"

#include <algorithm>
#include <iostream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

const std::string_view passwords[] = {
    "1234",
    "contrase\xC3\xB1"
    "a \xC3\xA1 \xE2\x82\xAC",
    "clave \xF0\x9F\x98\x80",
    "  con espacios  ",
    "setenta y un caracteres con \xC3\xB1 dentro, para que el b\xC3\xBA"
    "fer de nadie baste",
    "",
};

const std::vector<std::string> kinds_of_key[] = {
    {"-newkey", "rsa:2048"},
    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"},
    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"},
    {"-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"},
    {"-newkey", "ed25519"},
};

struct Sweep {
    Folder folder;
    std::size_t files = 0;

    void opens(const Bytes& file, std::string_view password, const std::string& what) {
        ++files;
        const auto opened = open(file, secret(password));
        BOOST_REQUIRE_MESSAGE(opened, what << ": " << outcome(opened));
        BOOST_TEST(opened->credentials.size() == 1U, what);
        BOOST_TEST(!opened->credentials[0].health.self_test.has_value(), what);
        const bool mac = opened->envelope.mac != MacKind::none;
        const auto other = outcome(open(file, secret("surely not this one")));
        const bool in_clear = opened->envelope.keys.empty() && opened->envelope.safes.empty();
        BOOST_TEST((in_clear || other == (mac ? "wrong_password" : "cannot_decrypt")), what << ": " << other);
    }

    // Five shapes: DER with new and old algorithms, BER of NSS, Java, PEM.
    std::vector<Bytes> five() {
        const auto pair = make_ec_pair(folder, "ana");
        std::vector<Bytes> files_made{export_with_openssl(folder, pair, "123456"),
                                      export_with_openssl(folder, pair, "123456", {"-legacy"}),
                                      export_with_nss(folder, pair, "123456"),
                                      export_with_gnutls(folder, pair, "123456")};
        if (auto java = export_with_java(folder, pair, "123456", true)) files_made.push_back(*java);
        return files_made;
    }
};

// What a right password may never end in when one bit of the file was flipped, and neither may a wrong one.
struct Flips {
    std::map<std::string, int> right, wrong;

    void flip_all(const Bytes& file, std::string_view password) {
        const auto whole = open(file, secret(password));
        BOOST_REQUIRE(whole);
        for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
            auto copy = file;
            copy[bit / 8] = static_cast<std::uint8_t>(copy[bit / 8] ^ (1U << (bit % 8)));
            const auto result = open(copy, secret(password));
            ++right[outcome(result)];
            BOOST_REQUIRE_MESSAGE(!result ||
                                      result->credentials[0].pkcs8.equals(whole->credentials[0].pkcs8.view()),
                                  "bit " << bit);
            BOOST_CHECK_MESSAGE(outcome(result) != "wrong_password", "bit " << bit);
            const auto other = outcome(open(copy, secret("surely not this one")));
            ++wrong[other];
            BOOST_CHECK_MESSAGE((other != "altered" && other != "ok"), "bit " << bit << ": " << other);
        }
    }
    void print() const {
        for (const auto& [name, count] : right)
            std::cout << "  right password, a bit flipped -> " << name << ": " << count << "\n";
        for (const auto& [name, count] : wrong)
            std::cout << "  wrong password, a bit flipped -> " << name << ": " << count << "\n";
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sweeps, Sweep)

BOOST_AUTO_TEST_CASE(what_openssl_writes_opens_with_every_password_and_kind_of_key) {
    for (const auto& kind : kinds_of_key) {
        const auto pair = make_pair(folder, "ana", kind);
        for (const auto& variant : std::vector<std::vector<std::string>>{{}, {"-legacy"}, {"-nomac"}})
            for (const auto password : passwords)
                opens(export_with_openssl(folder, pair, password, variant), password,
                      "openssl " + kind.back());
    }
    std::cout << "  openssl: " << files << " files\n";
}

BOOST_AUTO_TEST_CASE(what_nss_writes_opens_with_every_password) {
    for (const auto& kind : {kinds_of_key[0], kinds_of_key[1]}) {
        const auto pair = make_pair(folder, "ana", kind);
        for (const auto& options : std::vector<std::vector<std::string>>{{}, old_nss})
            for (const auto password : passwords) {
                if (password.empty()) continue; // pk12util asks for one at the terminal
                const auto file = export_with_nss(folder, pair, password, options);
                opens(file, password, "pk12util " + kind.back());
                BOOST_TEST(name_of(guess_exporter(sniff(file).value())) ==
                           (options.empty() ? "firefox" : "firefox_old"));
            }
    }
    std::cout << "  NSS: " << files << " files\n";
}

BOOST_AUTO_TEST_CASE(what_gnutls_writes_opens_with_every_password) {
    for (const auto& kind : {kinds_of_key[0], kinds_of_key[1], kinds_of_key[4]}) {
        const auto pair = make_pair(folder, "ana", kind);
        for (const auto& options : std::vector<std::vector<std::string>>{
                 {}, {"--pkcs-cipher", "3des-pkcs12", "--hash", "sha1"}, {"--pkcs-cipher", "rc2-40"}})
            for (const auto password : passwords)
                opens(export_with_gnutls(folder, pair, password, options), password,
                      "certtool " + kind.back());
    }
    std::cout << "  GnuTLS: " << files << " files\n";
}

BOOST_AUTO_TEST_CASE(what_java_writes_opens) {
    for (const auto& kind : {kinds_of_key[0], kinds_of_key[1]}) {
        const auto pair = make_pair(folder, "ana", kind);
        for (const bool old : {false, true}) {
            const auto file = export_with_java(folder, pair, "clave 123456", old);
            if (!file) {
                std::cout << "SKIPPED: no keytool\n";
                return;
            }
            opens(*file, "clave 123456", "keytool " + kind.back());
            BOOST_TEST(name_of(guess_exporter(sniff(*file).value())) == (old ? "java_old" : "java"));
        }
    }
    std::cout << "  Java: " << files << " files\n";
}

BOOST_AUTO_TEST_CASE(every_truncation_of_five_files_says_that_it_is_one) {
    for (const auto& file : five()) {
        const auto first = sniff(file);
        BOOST_REQUIRE(first);
        for (std::size_t size = 1; size < file.size(); ++size) {
            const auto result = open(ByteView(file).first(size), secret("123456"));
            BOOST_REQUIRE_MESSAGE(outcome(result) == "truncated",
                                  size << " of " << file.size() << ": " << outcome(result));
            const bool exact = size >= 4 && file[1] != 0x80;
            if (exact)
                BOOST_REQUIRE(result.error().detail == "missing=" + std::to_string(file.size() - size));
        }
        std::cout << "  every truncation of " << file.size() << " bytes\n";
    }
}

BOOST_AUTO_TEST_CASE(every_bit_flip_of_three_files_is_called_what_it_is) {
    const auto pair = make_ec_pair(folder, "ana");
    Flips flips;
    flips.flip_all(export_with_openssl(folder, pair, "1234", {"-iter", "2"}), "1234");
    flips.flip_all(export_with_openssl(folder, pair, "1234", {"-iter", "2", "-legacy"}), "1234");
    flips.flip_all(export_with_openssl(folder, pair, "clave\xC3\xB1",
                                       {"-iter", "2", "-certpbe", "AES-128-CBC", "-macalg", "sha512"}),
                   "clave\xC3\xB1");
    flips.print();
}

BOOST_AUTO_TEST_SUITE_END()
