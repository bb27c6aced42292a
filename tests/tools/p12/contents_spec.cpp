// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys, certificates and who belongs to whom.
#include "tests/tools/p12/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct People {
    Folder folder;
    Pair ana = make_ec_pair(folder, "ana");
    Pair eva = make_ec_pair(folder, "eva");

    // A certificate for `name` from the hand of `issuer`.
    Pair issued(const char* name, const Pair& issuer, bool authority) {
        auto pair = make_ec_pair(folder, name);
        const std::string subject = std::string("/CN=") + name;
        const auto request = folder / "request";
        const auto extensions =
            folder.write("extensions", as_bytes(authority ? "basicConstraints=critical,CA:TRUE\n"
                                                          : "keyUsage=nonRepudiation\n"));
        BOOST_REQUIRE(run({"openssl", "req", "-new", "-key", pair.key, "-subj", subject, "-out", request}));
        BOOST_REQUIRE(
            run({"openssl", "x509", "-req", "-in", request, "-CA", issuer.certificate, "-CAkey", issuer.key,
                 "-CAcreateserial", "-days", "30", "-extfile", extensions, "-out", pair.certificate}));
        return pair;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(contents, People)

BOOST_AUTO_TEST_CASE(two_keys_make_two_credentials_and_none_is_chosen) {
    const auto opened = open(build({{ana.key, eva.key}, {eva.certificate, ana.certificate}}), secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->keys == 2U);
    BOOST_REQUIRE(opened->credentials.size() == 2U);
    BOOST_TEST(!equal(opened->credentials[0].leaf.der, opened->credentials[1].leaf.der));
}

BOOST_AUTO_TEST_CASE(a_key_alone_lacks_its_certificate) {
    BOOST_TEST(outcome(open(build({{ana.key}, {}}), secret("1234"))) == "no_certificate");
}

BOOST_AUTO_TEST_CASE(a_certificate_alone_lacks_its_key) {
    BOOST_TEST(outcome(open(build({{}, {ana.certificate}}), secret("1234"))) == "no_private_key");
}

BOOST_AUTO_TEST_CASE(a_certificate_of_another_key_is_a_mismatch) {
    BOOST_TEST(outcome(open(build({{ana.key}, {eva.certificate}}), secret("1234"))) ==
               "key_certificate_mismatch");
}

BOOST_AUTO_TEST_CASE(what_does_not_pair_is_listed) {
    const auto opened = examine(build({{ana.key}, {eva.certificate}}), secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->lone_keys.size() == 1U);
    BOOST_TEST(opened->lone_certificates.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_key_with_a_password_of_its_own_is_never_called_a_wrong_password) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.key = "another";
    BOOST_TEST(outcome(open(build(recipe), secret("1234"))) == "key_password_differs");
}

BOOST_AUTO_TEST_CASE(the_second_password_opens_such_a_key) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.key = "another";
    const auto second = secret("another");
    OpenOptions options;
    options.key_passphrase = &second;
    BOOST_TEST(outcome(open(build(recipe), secret("1234"), options)) == "ok");
}

BOOST_AUTO_TEST_CASE(contents_with_another_password_than_the_mac_are_never_called_a_wrong_password) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.key = recipe.contents = "another";
    BOOST_TEST(outcome(open(build(recipe), secret("1234"))) == "key_password_differs");
}

BOOST_AUTO_TEST_CASE(a_mac_that_does_not_fit_what_the_password_opens_shows_an_alteration) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.mac = "another";
    BOOST_TEST(outcome(open(build(recipe), secret("1234"))) == "altered");
}

BOOST_AUTO_TEST_CASE(a_file_without_a_mac_opens_with_a_warning) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.mac = nullptr;
    const auto opened = open(build(recipe), secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->warnings == std::vector{Warning::no_mac}));
}

BOOST_AUTO_TEST_CASE(a_key_that_lies_in_the_file_in_clear_is_told) {
    Recipe recipe{{ana.key}, {ana.certificate}};
    recipe.key = recipe.contents = nullptr;
    const auto opened = open(build(recipe), secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->warnings == std::vector{Warning::plain_key}));
}

BOOST_AUTO_TEST_CASE(zeros_behind_the_end_are_told_and_ignored) {
    auto file = build({{ana.key}, {ana.certificate}});
    file.resize(file.size() + 8);
    const auto opened = open(file, secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->envelope.trailing == 8U);
}

BOOST_AUTO_TEST_CASE(a_chain_is_ordered_by_signatures_whatever_the_file_says) {
    const auto root = issued("root", ana, true);
    const auto middle = issued("middle", root, true);
    const auto leaf = issued("leaf", middle, false);
    const auto opened =
        open(build({{leaf.key}, {ana.certificate, leaf.certificate, root.certificate, middle.certificate}}),
             secret("1234"));
    BOOST_REQUIRE(opened);
    BOOST_REQUIRE(opened->credentials.size() == 1U);
    const auto& credential = opened->credentials[0];
    BOOST_TEST(credential.leaf.subject_cn == "leaf");
    BOOST_REQUIRE(credential.chain.size() == 3U);
    const auto crypto = Crypto::shared().value();
    const auto name = [&](std::size_t i) {
        const auto handle = load_certificate(*crypto, credential.chain[i]).value();
        return describe_certificate(handle.get(), credential.chain[i])->subject_cn;
    };
    BOOST_TEST(name(0) == "middle");
    BOOST_TEST(name(1) == "root");
    BOOST_TEST(credential.chain_complete);
    BOOST_TEST(opened->lone_certificates.empty());
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_work) {
    std::stop_source source;
    source.request_stop();
    OpenOptions options;
    options.stop = source.get_token();
    BOOST_TEST(outcome(open(build({{ana.key}, {ana.certificate}}), secret("1234"), options)) == "cancelled");
}

BOOST_AUTO_TEST_SUITE_END()
