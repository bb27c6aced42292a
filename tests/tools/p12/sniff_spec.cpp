// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a file is, told without a password.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/file.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct Files {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");

    Bytes converted(const std::vector<std::string>& arguments) {
        const auto out = folder / "out";
        auto command = arguments;
        command.insert(command.end(), {"-out", out.string()});
        BOOST_REQUIRE(run(command));
        return load(out);
    }
    std::string made(const std::vector<std::string>& arguments) {
        return outcome(sniff(converted(arguments)));
    }
};

std::string sniffed(std::string_view text) { return outcome(sniff(as_bytes(text))); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(sniffing, Files)

BOOST_AUTO_TEST_CASE(an_empty_file_is_empty) { BOOST_TEST(sniffed("") == "empty_file"); }
BOOST_AUTO_TEST_CASE(ten_mebibytes_of_zeros_are_named) {
    BOOST_TEST(outcome(sniff(Bytes(largest_file))) == "only_zeros");
}
BOOST_AUTO_TEST_CASE(one_byte_more_is_too_large) {
    BOOST_TEST(outcome(sniff(Bytes(largest_file + 1))) == "too_large");
}
BOOST_AUTO_TEST_CASE(a_java_keystore_is_named) {
    BOOST_TEST(sniffed("\xFE\xED\xFE\xED rest") == "java_keystore");
}
BOOST_AUTO_TEST_CASE(a_zip_is_named) { BOOST_TEST(sniffed("PK\x03\x04 rest") == "zip_archive"); }
BOOST_AUTO_TEST_CASE(a_pdf_is_named) { BOOST_TEST(sniffed("%PDF-1.7 rest") == "pdf_document"); }
BOOST_AUTO_TEST_CASE(a_picture_is_named) { BOOST_TEST(sniffed("\x89PNG\r\n\x1A\n rest") == "picture"); }
BOOST_AUTO_TEST_CASE(a_web_page_is_named) {
    BOOST_TEST(sniffed("\xEF\xBB\xBF \r\n<!DOCTYPE html><html lang=\"es\">") == "web_page");
}
BOOST_AUTO_TEST_CASE(the_database_of_a_browser_is_named) {
    BOOST_TEST(sniffed(std::string_view("SQLite format 3\0 rest", 21)) == "browser_database");
}
BOOST_AUTO_TEST_CASE(a_shortcut_that_was_copied_in_place_of_the_file_is_named) {
    BOOST_TEST(outcome(sniff(from_hex("4C0000000114020000000000C000000000000046").value())) ==
               "windows_shortcut");
}
BOOST_AUTO_TEST_CASE(a_pgp_key_is_no_backup) {
    BOOST_TEST(
        sniffed("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----\n") ==
        "not_a_backup");
}
BOOST_AUTO_TEST_CASE(a_list_of_revoked_certificates_is_named) {
    (void)folder.write("index", {});
    const auto settings =
        folder.write("ca", as_bytes("[ca]\ndefault_ca=a\n[a]\ndatabase=" + (folder / "index").string() +
                                    "\ndefault_md=sha256\n"));
    BOOST_REQUIRE(run({"openssl", "ca", "-gencrl", "-config", settings, "-keyfile", pair.key, "-cert",
                       pair.certificate, "-crldays", "7", "-out", folder / "list.pem"}));
    BOOST_TEST(outcome(sniff(load(folder / "list.pem"))) == "revocation_list");
    BOOST_TEST(made({"openssl", "crl", "-in", folder / "list.pem", "-outform", "DER"}) == "revocation_list");
}
BOOST_AUTO_TEST_CASE(a_text_is_no_backup) { BOOST_TEST(sniffed("Estimada Ana:") == "not_a_backup"); }
BOOST_AUTO_TEST_CASE(a_text_that_begins_with_the_tag_of_a_sequence_is_no_backup) {
    BOOST_TEST(
        sniffed("0123456789 is what this text begins with, and then it goes on and on for quite a while") ==
        "not_a_backup");
}
BOOST_AUTO_TEST_CASE(a_certificate_in_pem_is_a_certificate_only) {
    BOOST_TEST(outcome(sniff(load(pair.certificate))) == "certificate_only");
}
BOOST_AUTO_TEST_CASE(a_certificate_in_der_is_a_certificate_only) {
    BOOST_TEST(made({"openssl", "x509", "-in", pair.certificate, "-outform", "DER"}) == "certificate_only");
}
BOOST_AUTO_TEST_CASE(a_certificate_request_is_named) {
    BOOST_TEST(made({"openssl", "req", "-new", "-key", pair.key, "-subj", "/CN=x", "-outform", "DER"}) ==
               "certificate_request");
}
BOOST_AUTO_TEST_CASE(a_bundle_of_certificates_is_pkcs7) {
    BOOST_TEST(made({"openssl", "crl2pkcs7", "-nocrl", "-certfile", pair.certificate, "-outform", "DER"}) ==
               "pkcs7_only");
}
BOOST_AUTO_TEST_CASE(a_private_key_is_named) {
    BOOST_TEST(made({"openssl", "pkcs8", "-topk8", "-nocrypt", "-in", pair.key, "-outform", "DER"}) ==
               "private_key_only");
}
BOOST_AUTO_TEST_CASE(an_encrypted_private_key_is_named) {
    BOOST_TEST(made({"openssl", "pkcs8", "-topk8", "-passout", "pass:1234", "-in", pair.key, "-outform",
                     "DER"}) == "private_key_only");
}
BOOST_AUTO_TEST_CASE(a_key_of_the_old_kind_is_named) {
    BOOST_TEST(made({"openssl", "ec", "-in", pair.key, "-outform", "DER"}) == "private_key_only");
}

BOOST_AUTO_TEST_CASE(a_backup_shows_its_algorithms_and_iterations) {
    const auto seen = sniff(export_with_openssl(folder, pair, "1234", {"-iter", "4321"}));
    BOOST_REQUIRE(seen);
    BOOST_TEST(seen->mac_algorithm == "SHA256");
    BOOST_TEST(seen->mac_iterations == 4321U);
    BOOST_REQUIRE(seen->safes.size() == 1U);
    BOOST_TEST(seen->safes[0].algorithm == "PBES2-AES-256-CBC-SHA256");
    BOOST_TEST(seen->keys.size() == 1U);
    BOOST_TEST(!seen->refusal.has_value());
}

BOOST_AUTO_TEST_CASE(a_backup_in_pem_armour_is_recognised) {
    const auto path = folder.write("x.p12", export_with_openssl(folder, pair, "1234"));
    const auto base64 = converted({"openssl", "base64", "-in", path});
    const auto armoured =
        "-----BEGIN PKCS12-----\n" + std::string(as_text(base64)) + "-----END PKCS12-----\n";
    BOOST_TEST(sniff(as_bytes(armoured))->armoured);
    BOOST_TEST(sniff(base64)->armoured);
    const auto marked = concat({from_hex("EFBBBF").value(), base64});
    BOOST_TEST(sniff(marked)->armoured);
    for (const bool little : {true, false}) { // as PowerShell writes
        auto wide = from_hex(little ? "FFFE" : "FEFF").value();
        for (const auto c : base64)
            for (const auto part : {little ? c : std::uint8_t{0}, little ? std::uint8_t{0} : c})
                wide.push_back(part);
        BOOST_TEST(sniff(wide)->armoured);
    }
}

BOOST_AUTO_TEST_CASE(too_many_iterations_are_refused_before_a_password_is_asked_for) {
    auto file = export_with_openssl(folder, pair, "1234", {"-iter", "6000000", "-nomaciter"});
    const auto seen = sniff(file);
    BOOST_REQUIRE(seen);
    BOOST_REQUIRE(seen->refusal.has_value());
    BOOST_TEST(is(*seen->refusal, p12_errc::too_costly));
    BOOST_TEST(outcome(open(file, secret("1234"))) == "too_costly");
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed) {
    std::filesystem::create_symlink(pair.key, folder / "link");
    BOOST_TEST(outcome(read_file(folder / "link")) == "unreadable_file");
}
BOOST_AUTO_TEST_CASE(a_pipe_is_refused_at_once) {
    BOOST_REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
    BOOST_TEST(outcome(read_file(folder / "pipe")) == "unreadable_file");
}
BOOST_AUTO_TEST_CASE(a_file_is_read_whole) {
    const auto content = load(pair.key);
    const auto read = read_file(pair.key);
    BOOST_REQUIRE(read);
    BOOST_TEST(equal(*read, content));
}
BOOST_AUTO_TEST_CASE(a_file_of_ten_mebibytes_and_one_is_too_large) {
    BOOST_TEST(outcome(read_file(folder.write("big", Bytes(largest_file + 1)))) == "too_large");
}

BOOST_AUTO_TEST_SUITE_END()
