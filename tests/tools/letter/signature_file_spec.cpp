// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Signatures beside a file (.p7s) that others made.
#include "tests/tools/letter/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

// OpenSSL signs acta.txt with its own program.
struct Beside {
    Beside() {
        spill(scratch / "acta.txt", "Estimada señora:\r\n");
        spill(scratch / "me.der", as_text(rsa().certificate));
        spill(scratch / "other.der", as_text(ec().certificate));
        write_key(scratch / "me.key", rsa().key.get());
        write_key(scratch / "other.key", ec().key.get());
        must("for c in me other; do openssl x509 -inform DER -in $c.der -out $c.pem; done");
    }
    void must(const std::string& command) const {
        const auto ran = run("cd " + (scratch / "").string() + " && " + command);
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    }
    void sign(const std::string& options) const {
        must("openssl cms -sign -binary -in acta.txt -signer me.pem -inkey me.key -out acta.p7s " + options);
    }
    [[nodiscard]] Result<VerifyReport> verify(const std::string& content = "acta.txt") const {
        VerifyOptions options;
        options.trust_anchors = {authority()};
        return verify_cms(scratch / "acta.p7s", content.empty() ? fs::path() : scratch / content, options);
    }
    Scratch scratch;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_signature_beside_a_file, Beside)

BOOST_AUTO_TEST_CASE(is_judged_in_the_same_parts) {
    sign("-outform DER -cades");
    const auto report = verify();
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_REQUIRE(report->signatures.size() == 1U);
    const auto& verdict = report->signatures[0];
    BOOST_TEST(verdict.sub_filter == "CAdES");
    BOOST_TEST((verdict.outcome() == Outcome::valid));
    BOOST_TEST(verdict.signing_time_attribute);
    BOOST_TEST(verdict.claimed_time.has_value());
    BOOST_TEST((verdict.certificate == rsa().certificate));
}

BOOST_AUTO_TEST_CASE(may_be_text_and_may_be_older_than_cades) {
    sign("-outform PEM");
    const auto report = verify();
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->signatures.at(0).sub_filter == "CMS");
    BOOST_TEST(report->signatures.at(0).sound());
}

BOOST_AUTO_TEST_CASE(may_hold_its_content) {
    sign("-outform DER -nodetach -cades");
    const auto report = verify("");
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST((report->signatures.at(0).outcome() == Outcome::valid));
}

BOOST_AUTO_TEST_CASE(may_be_of_several_people) {
    sign("-outform DER -cades -signer other.pem -inkey other.key");
    const auto report = verify();
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_REQUIRE(report->signatures.size() == 2U);
    for (const auto& verdict : report->signatures) BOOST_TEST((verdict.outcome() == Outcome::valid));
    BOOST_TEST((report->signatures[0].certificate != report->signatures[1].certificate));
}

BOOST_AUTO_TEST_CASE(is_not_of_another_file) {
    sign("-outform DER -cades");
    spill(scratch / "otra.txt", "Estimado señor:\r\n");
    const auto report = verify("otra.txt");
    BOOST_REQUIRE(report);
    BOOST_TEST((report->signatures.at(0).integrity == Integrity::altered));
    BOOST_TEST((report->signatures.at(0).outcome() == Outcome::not_sound));
}

BOOST_AUTO_TEST_CASE(asks_for_the_file_it_is_about) {
    sign("-outform DER -cades");
    const auto report = verify("");
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::content_missing));
    const auto lost = verify("nada.txt");
    BOOST_REQUIRE(!lost);
    BOOST_TEST(is(lost.error(), letter_errc::read_failed));
}

BOOST_AUTO_TEST_CASE(is_refused_where_it_is_none) {
    sign("-outform DER -cades");
    const auto good = slurp(scratch / "acta.p7s");
    for (const auto& bad : {std::string(), std::string("Hola"), good.substr(0, good.size() / 2), good + "x",
                            std::string("-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n"),
                            std::string(as_text(rsa().certificate)), std::string(100000, '\x30')}) {
        spill(scratch / "acta.p7s", bad);
        const auto report = verify();
        BOOST_REQUIRE(!report);
        BOOST_TEST(is(report.error(), letter_errc::bad_signature_file));
    }
}

BOOST_AUTO_TEST_CASE(with_any_bit_turned_is_no_sound_one) {
    sign("-outform DER -cades");
    const auto good = slurp(scratch / "acta.p7s");
    for (std::size_t at = 0; at < good.size(); at += 37) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 4);
        spill(scratch / "acta.p7s", bad);
        const auto report = verify();
        if (report && !report->signatures.empty() && report->signatures[0].outcome() == Outcome::valid)
            BOOST_TEST((report->signatures[0].certificate == rsa().certificate), "byte " << at);
    }
}

BOOST_AUTO_TEST_SUITE_END()
