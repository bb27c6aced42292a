// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Was the signer's certificate revoked? Fresh, stale and absent are three answers.
#include "tests/tools/letter/authorities.hpp"
#include "tests/tools/letter/signed_letter.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;
using std::chrono::days;

namespace {

struct Asked {
    SignedLetter letter;
    VerifyOptions options;
    Asked() { options.trust_anchors = {authority()}; }
    [[nodiscard]] SignatureVerdict said(const RevocationEvidence& evidence) const {
        auto wanted = options;
        wanted.revocation = evidence;
        return verify_pdf(letter.scratch / "b.pdf", wanted).value().signatures.at(0);
    }
    [[nodiscard]] Revocation list(const ListOrder& order) const {
        return said({.lists = {revocation_list(order)}}).revocation;
    }
    [[nodiscard]] Revocation answer(AnswerOrder order) const {
        order.certificate = rsa().certificate;
        return said({.answers = {revocation_answer(order)}}).revocation;
    }
};

// What is left of a stream in a document: its object.
std::string stream_of(const Bytes& bytes) {
    return "<< /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + std::string(as_text(bytes)) +
           "\nendstream";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_revocation_of_a_signer, Asked)

BOOST_AUTO_TEST_CASE(is_absent_without_news_and_not_checked_without_anchors) {
    BOOST_TEST((said({}).revocation == Revocation::absent));
    BOOST_TEST((said({}).outcome() == Outcome::valid));
    options.trust_anchors.clear();
    BOOST_TEST((list({}) == Revocation::not_checked));
}

BOOST_AUTO_TEST_CASE(is_fresh_or_stale_by_a_list) {
    BOOST_TEST((list({}) == Revocation::fresh));
    BOOST_TEST((list({.from_days = -9, .until_days = -2}) == Revocation::stale));
    BOOST_TEST((list({.from_days = 3, .until_days = 9}) == Revocation::absent)); // of the future
}

BOOST_AUTO_TEST_CASE(is_fresh_or_stale_by_an_answer) {
    BOOST_TEST((answer({}) == Revocation::fresh));
    BOOST_TEST((answer({.certificate = {}, .from_days = -9, .until_days = -2}) == Revocation::stale));
    BOOST_TEST((answer({.certificate = {}, .revoked = true}) == Revocation::revoked));
}

BOOST_AUTO_TEST_CASE(once_stated_makes_the_signature_one_of_a_revoked_certificate) {
    const auto verdict = said({.lists = {revocation_list({.revoked = rsa().certificate})}});
    BOOST_TEST((verdict.revocation == Revocation::revoked));
    BOOST_TEST((verdict.outcome() == Outcome::revoked));
    BOOST_TEST(verdict.revoked_since.has_value());
    BOOST_TEST(verdict.sound());
    // A claimed time before it helps nobody: who has the key can claim any.
    options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + days(5);
    BOOST_TEST((list({.from_days = 4, .until_days = 9, .revoked = rsa().certificate, .revoked_days = 3}) ==
                Revocation::revoked));
}

BOOST_AUTO_TEST_CASE(outweighs_good_news) {
    BOOST_TEST((said({.lists = {revocation_list({}), revocation_list({.revoked = rsa().certificate})},
                      .answers = {revocation_answer({.certificate = rsa().certificate})}})
                    .revocation == Revocation::revoked));
}

BOOST_AUTO_TEST_CASE(is_nothing_a_stranger_can_state) {
    BOOST_TEST((list({.revoked = rsa().certificate, .forged = true}) == Revocation::absent));
    BOOST_TEST((answer({.certificate = {}, .revoked = true, .forged = true}) == Revocation::absent));
    BOOST_TEST((said({.lists = {from_hex("3000").value(), Bytes(), Bytes(5000, 0x30)},
                      .answers = {from_hex("3000").value(), Bytes(5000, 0xA0)}})
                    .revocation == Revocation::absent));
}

BOOST_AUTO_TEST_CASE(is_not_told_by_the_silence_of_a_list_of_others_or_of_differences) {
    BOOST_TEST((list({.part = "http://ca.example/parte7.crl"}) == Revocation::absent));
    BOOST_TEST((list({.delta = true}) == Revocation::absent));
    BOOST_TEST((list({.revoked = rsa().certificate, .part = "http://ca.example/parte7.crl"}) ==
                Revocation::revoked));
}

BOOST_AUTO_TEST_CASE(is_told_by_the_list_of_the_part_that_its_certificate_names) {
    Identity member{make_key(KeyKind::p256), {}};
    member.certificate = issue(member.key.get(), "MIEMBRO", -30, 365,
                               {{NID_key_usage, "critical,digitalSignature"},
                                {NID_crl_distribution_points, "URI:http://ca.example/parte7.crl"}});
    BOOST_REQUIRE(sign_pdf(letter.scratch / "a.pdf", letter.scratch / "m.pdf", member.signer(), {}));
    const auto by_part = [&](const std::string& part) {
        options.revocation.lists = {revocation_list({.part = part})};
        return verify_pdf(letter.scratch / "m.pdf", options).value().signatures.at(0).revocation;
    };
    BOOST_TEST((by_part("http://ca.example/parte7.crl") == Revocation::fresh));
    BOOST_TEST((by_part("http://ca.example/parte8.crl") == Revocation::absent));
}

BOOST_AUTO_TEST_CASE(of_a_certificate_that_ended_counts_as_of_its_end) {
    const auto old = make_identity(KeyKind::p256, "CADUCADO", -400, -40);
    SignOptions wanted;
    wanted.allow_expired = true;
    BOOST_REQUIRE(sign_pdf(letter.scratch / "a.pdf", letter.scratch / "o.pdf", old.signer(), wanted));
    const auto by_list = [&](int from, int until) {
        options.revocation.lists = {revocation_list({.from_days = from, .until_days = until})};
        return verify_pdf(letter.scratch / "o.pdf", options).value().signatures.at(0);
    };
    BOOST_TEST((by_list(-45, -38).revocation == Revocation::fresh));
    BOOST_TEST((by_list(-60, -50).revocation == Revocation::stale));
    // Lists leave out what has ended: a later one says nothing of it.
    BOOST_TEST((by_list(-1, 6).revocation == Revocation::absent));
    BOOST_TEST((by_list(-45, -38).outcome() == Outcome::possession));
    BOOST_TEST(by_list(-45, -38).expired_days == 40);
}

BOOST_AUTO_TEST_CASE(is_read_from_what_the_document_keeps) {
    auto parts = simple_letter();
    parts.objects[1] =
        "<< /Type /Catalog /Pages 2 0 R /DSS << /CRLs [ 6 0 R 5 0 R 99 0 R ] /Certs [ 7 0 R 6 0 R ] "
        "/OCSPs 3 >> >>";
    parts.objects[6] = stream_of(revocation_list({}));
    parts.objects[7] = stream_of(authority());
    const SignedLetter kept(parts);
    BOOST_TEST((kept.verdict(kept.bytes).revocation == Revocation::fresh));
}

BOOST_AUTO_TEST_CASE(is_fetched_only_for_a_path_that_is_trusted) {
    int asked = 0;
    options.fetch = [&](const Bytes& certificate, const Bytes& issuer) {
        ++asked;
        BOOST_TEST((certificate == rsa().certificate));
        BOOST_TEST((issuer == authority()));
        return RevocationEvidence{.lists = {revocation_list({})}};
    };
    BOOST_TEST((said({}).revocation == Revocation::fresh));
    BOOST_TEST(asked == 1);
    options.trust_anchors = {ec().certificate};
    BOOST_TEST((said({}).revocation == Revocation::not_checked));
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_SUITE_END()
