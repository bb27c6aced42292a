// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// CAdES: letters that are no PDF, signed beside themselves.
#include "tests/tools/letter/authorities.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

struct Text {
    Text() { spill(scratch / "acta.txt", "Estimada señora:\r\n\r\nconforme.\n"); }
    [[nodiscard]] Result<SignReport> sign(const Signer& signer, const SignOptions& options = {}) const {
        return sign_beside(scratch / "acta.txt", scratch / "acta.txt.p7s", signer, options);
    }
    [[nodiscard]] Ran openssl(const std::string& command) const {
        spill(scratch / "ca.der", as_text(authority()));
        return run("cd " + (scratch / "").string() +
                   " && openssl x509 -inform DER -in ca.der -out ca.pem && openssl " + command);
    }
    [[nodiscard]] bool openssl_accepts() const {
        return openssl(
                   "cms -verify -inform DER -in acta.txt.p7s -content acta.txt -binary -cades -CAfile ca.pem "
                   "-purpose any -out out.txt")
                       .code == 0 &&
               slurp(scratch / "out.txt") == slurp(scratch / "acta.txt");
    }
    [[nodiscard]] SignatureVerdict verdict() const {
        VerifyOptions options;
        options.trust_anchors = {authority()};
        return verify_cms(scratch / "acta.txt.p7s", scratch / "acta.txt", options).value().signatures.at(0);
    }
    void refuses(const Signer& signer, const SignOptions& options, letter_errc expected) const {
        const auto report = sign(signer, options);
        BOOST_REQUIRE(!report);
        BOOST_TEST(is(report.error(), expected), describe(report.error()));
        BOOST_TEST(std::distance(fs::directory_iterator(scratch / ""), fs::directory_iterator()) == 1);
    }
    Scratch scratch;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(signing_a_file_beside_it, Text)

BOOST_AUTO_TEST_CASE(is_accepted_by_openssl_and_by_ourselves_with_every_kind_of_key) {
    const auto p384 = make_identity(KeyKind::p384, "P-384");
    SignOptions pss;
    pss.pss = true;
    const std::vector<std::tuple<std::string, Signer, SignOptions>> cases{{"rsa", rsa().signer(), {}},
                                                                          {"pss", rsa().signer(), pss},
                                                                          {"p256", ec().signer(), {}},
                                                                          {"p384", p384.signer(), {}}};
    for (const auto& [name, signer, options] : cases) BOOST_TEST_CONTEXT(name) {
            fs::remove(scratch / "acta.txt.p7s");
            const auto report = sign(signer, options);
            if (!report) BOOST_FAIL(describe(report.error()));
            BOOST_TEST(report->key_uses == 1);
            BOOST_TEST(openssl_accepts());
            BOOST_TEST((verdict().outcome() == Outcome::valid));
            BOOST_TEST(verdict().sub_filter == "CAdES");
        }
}

BOOST_AUTO_TEST_CASE(has_the_attributes_that_cades_asks_for_once_each) {
    BOOST_REQUIRE(sign(rsa().signer()));
    const auto shown = openssl("cms -cmsout -print -inform DER -in acta.txt.p7s").output;
    for (const auto* attribute : {"object: contentType", "object: messageDigest", "object: signingTime",
                                  "id-smime-aa-signingCertificateV2"}) {
        const auto at = shown.find(attribute);
        BOOST_TEST(at != shown.npos, attribute);
        BOOST_TEST(shown.find(attribute, at + 1) == shown.npos, attribute);
    }
    BOOST_TEST(shown.find("S/MIME Capabilities") == shown.npos);
    BOOST_TEST(shown.find("eContent: <ABSENT>") != shown.npos, shown);
    const auto der = slurp(scratch / "acta.txt.p7s");
    BOOST_TEST(der.substr(0, 2) == "\x30\x82"); // DER, no indefinite length
}

BOOST_AUTO_TEST_CASE(says_the_time_that_was_given_before_and_after_2050) {
    SignOptions options;
    options.time = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + std::chrono::hours(9);
    BOOST_REQUIRE(sign(rsa().signer(), options));
    BOOST_TEST((verdict().claimed_time == options.time));
    fs::remove(scratch / "acta.txt.p7s");
    options.time = std::chrono::sys_days(std::chrono::year(2051) / 1 / 2);
    options.allow_expired = true;
    BOOST_REQUIRE(sign(rsa().signer(), options));
    BOOST_TEST((verdict().claimed_time == options.time));
}

BOOST_AUTO_TEST_CASE(gets_a_timestamp) {
    const TimestampAuthority tsa;
    SignOptions options;
    options.timestamp = tsa.order();
    const auto report = sign(rsa().signer(), options);
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->stamped.has_value());
    BOOST_TEST(openssl_accepts());
    BOOST_TEST((verdict().time_proof == TimeProof::proven));
    fs::remove(scratch / "acta.txt.p7s");
    fs::remove(scratch / "ca.der");
    fs::remove(scratch / "ca.pem");
    fs::remove(scratch / "out.txt");
    options.timestamp->ask = [](const Bytes&) -> Result<Bytes> {
        return fail(letter_errc::timestamp_unreachable, "nadie");
    };
    refuses(rsa().signer(), options, letter_errc::timestamp_unreachable);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_where_it_is_refused) {
    auto wrong = rsa().signer();
    wrong.key = ec().key.get();
    refuses(wrong, {}, letter_errc::key_mismatch);
    const auto old = make_identity(KeyKind::p256, "CADUCADO", -400, -40);
    refuses(old.signer(), {}, letter_errc::certificate_expired);
    refuses(make_identity(KeyKind::p256, "PRONTO", 5, 50).signer(), {},
            letter_errc::certificate_not_yet_valid);
    SignOptions small;
    small.max_size = 3;
    refuses(rsa().signer(), small, letter_errc::too_large);
}

BOOST_AUTO_TEST_CASE(replaces_no_file_and_signs_none_that_is_not_there) {
    spill(scratch / "acta.txt.p7s", "valioso");
    const auto report = sign(rsa().signer());
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::output_exists));
    BOOST_TEST(slurp(scratch / "acta.txt.p7s") == "valioso");
    const auto lost = sign_beside(scratch / "nada", scratch / "nada.p7s", rsa().signer(), {});
    BOOST_REQUIRE(!lost);
    BOOST_TEST(is(lost.error(), letter_errc::read_failed));
    BOOST_TEST(!fs::exists(scratch / "nada.p7s"));
}

BOOST_AUTO_TEST_CASE(holds_for_an_empty_file_and_for_one_of_zeros) {
    for (const auto size : {std::size_t{0}, std::size_t{3} << 20}) {
        spill(scratch / "acta.txt", std::string(size, '\0'));
        fs::remove(scratch / "acta.txt.p7s");
        BOOST_REQUIRE(sign(ec().signer()));
        BOOST_TEST(openssl_accepts());
        BOOST_TEST((verdict().outcome() == Outcome::valid));
    }
}

BOOST_AUTO_TEST_SUITE_END()
