// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

// Signs and stops the case with the error if that fails.
SignReport sign_or_say(const fs::path& from, const fs::path& to, const Signer& signer,
                       const SignOptions& options = {}) {
    auto report = sign_pdf(from, to, signer, options);
    if (!report) BOOST_FAIL(describe(report.error()));
    return *report;
}

} // namespace

BOOST_AUTO_TEST_SUITE(signing_a_letter)

BOOST_AUTO_TEST_CASE(every_kind_of_pdf_is_signed_twice_and_strangers_accept_both_signatures) {
    const Scratch scratch;
    int n = 0;
    for (const auto& fixture : signable(scratch)) {
        BOOST_TEST_CONTEXT(fixture.name) {
            const auto tag = std::to_string(n++);
            const auto plain = scratch / (tag + ".pdf"), once = scratch / (tag + "-1.pdf"),
                       twice = scratch / (tag + "-2.pdf");
            spill(plain, fixture.bytes);
            const int before = fixture.name.starts_with("certified") ? 1 : 0;
            sign_or_say(plain, once, rsa().signer());
            sign_or_say(once, twice, ec().signer());
            BOOST_TEST(slurp(once).starts_with(fixture.bytes));
            BOOST_TEST(slurp(twice).starts_with(slurp(once)));
            BOOST_TEST(pdfsig_valid_count(once) == 1);
            BOOST_TEST(pdfsig_valid_count(twice) == 2);
            const auto first = static_cast<std::size_t>(before);
            BOOST_TEST(openssl_accepts(scratch, twice, first));
            BOOST_TEST(openssl_accepts(scratch, twice, first + 1));
            BOOST_TEST(qpdf_is_content(twice));
            const auto report = verified(twice);
            BOOST_REQUIRE(report.signatures.size() == first + 2);
            BOOST_TEST(report.signatures[first].sound());
            BOOST_TEST((report.signatures[first].later == LaterChanges::signatures));
            BOOST_TEST((report.signatures[first + 1].later == LaterChanges::none));
            BOOST_TEST((report.signatures[first + 1].path == Path::trusted));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_cross_reference_appended_is_of_the_kind_of_the_file) {
    const Scratch scratch;
    for (const auto& fixture : signable(scratch)) {
        const auto from = scratch / "a.pdf", to = scratch / "b.pdf";
        spill(from, fixture.bytes);
        fs::remove(to);
        sign_or_say(from, to, rsa().signer());
        const auto appended = slurp(to).substr(fixture.bytes.size());
        const bool stream = fixture.name.find("object streams") != std::string::npos;
        BOOST_TEST_CONTEXT(fixture.name) {
            BOOST_TEST((appended.find("/Type /XRef") != std::string::npos) == stream);
            BOOST_TEST((appended.find("\nxref\n") != std::string::npos) == !stream);
        }
    }
}

BOOST_AUTO_TEST_CASE(rsa_pss_p256_and_p384_are_accepted_by_openssl_and_by_ourselves) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    const auto p384 = make_identity(KeyKind::p384, "P-384");
    SignOptions pss;
    pss.pss = true;
    const std::vector<std::tuple<std::string, Signer, SignOptions>> cases{
        {"pss", rsa().signer(), pss}, {"p256", ec().signer(), {}}, {"p384", p384.signer(), {}}};
    for (const auto& [name, signer, options] : cases) {
        BOOST_TEST_CONTEXT(name) {
            const auto to = scratch / (name + ".pdf");
            sign_or_say(scratch / "a.pdf", to, signer, options);
            BOOST_TEST(openssl_accepts(scratch, to));
            BOOST_TEST(verified(to).signatures.at(0).sound());
        }
    }
}

BOOST_AUTO_TEST_CASE(the_signature_is_baseline_without_signing_time_and_in_der) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    sign_or_say(scratch / "a.pdf", scratch / "b.pdf", rsa().signer());
    BOOST_REQUIRE(openssl_accepts(scratch, scratch / "b.pdf"));
    const auto p7 = (scratch / "signature.p7").string();
    const auto shown = run("openssl cms -cmsout -print -inform DER -in " + p7).output;
    BOOST_TEST(shown.find("id-smime-aa-signingCertificateV2") != std::string::npos);
    BOOST_TEST(shown.find("signingTime") == std::string::npos);
    // DER: no indefinite length anywhere at the top.
    BOOST_TEST(slurp(p7).substr(0, 2) == "\x30\x82");
}

BOOST_AUTO_TEST_CASE(a_pdf_viewer_still_draws_the_same_page) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    sign_or_say(scratch / "a.pdf", scratch / "b.pdf", rsa().signer());
    for (const char* name : {"a", "b"})
        BOOST_REQUIRE(
            run("pdftoppm -r 40 " + (scratch / name).string() + ".pdf " + (scratch / name).string()).code ==
            0);
    BOOST_TEST(slurp(scratch / "a-1.ppm").size() > 100U);
    BOOST_TEST(slurp(scratch / "a-1.ppm") == slurp(scratch / "b-1.ppm"));
}

BOOST_AUTO_TEST_CASE(reason_and_place_and_time_come_back_as_given) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    SignOptions options;
    options.reason = "Renovación (paréntesis \\ y ñ)";
    options.location = "León";
    options.time =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - std::chrono::hours(5);
    const auto report = sign_or_say(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), options);
    const auto verdict = verified(scratch / "b.pdf").signatures.at(0);
    BOOST_TEST(verdict.reason.value() == *options.reason);
    BOOST_TEST(verdict.location.value() == "León");
    BOOST_TEST((verdict.claimed_time == options.time));
    BOOST_TEST((report.time == *options.time));
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_signs_only_when_told_and_the_verdict_says_since_when) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    const auto old = make_identity(KeyKind::rsa2048, "CADUCADO", -400, -40);
    const auto refused = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", old.signer(), {});
    BOOST_REQUIRE(!refused);
    BOOST_TEST(is(refused.error(), letter_errc::certificate_expired));
    BOOST_TEST(!fs::exists(scratch / "b.pdf"));
    SignOptions options;
    options.allow_expired = true;
    const auto report = sign_or_say(scratch / "a.pdf", scratch / "b.pdf", old.signer(), options);
    BOOST_TEST(report.expired_days.value() == 40);
    const auto verdict = verified(scratch / "b.pdf").signatures.at(0);
    BOOST_TEST((verdict.validity == Validity::expired));
    BOOST_TEST(verdict.expired_days == 40);
    BOOST_TEST((verdict.path == Path::trusted));
    BOOST_TEST(verdict.sound());
}

BOOST_AUTO_TEST_CASE(too_little_room_is_an_error_and_a_second_use_of_the_key_only_when_told) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    SignOptions options;
    options.contents_room = 300;
    const auto refused = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), options);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(is(refused.error(), letter_errc::contents_too_small));
    BOOST_TEST(!fs::exists(scratch / "b.pdf"));
    options.sign_again_if_too_small = true;
    BOOST_TEST(sign_or_say(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), options).key_uses == 2);
    BOOST_TEST(pdfsig_valid_count(scratch / "b.pdf") == 1);
}

BOOST_AUTO_TEST_CASE(a_field_with_a_lock_gets_its_field_mdp_and_then_locks) {
    const Scratch scratch;
    spill(scratch / "a.pdf",
          to_pdf(with_ready_field("Firma", "/Lock << /Type /SigFieldLock /Action /All >>")));
    sign_or_say(scratch / "a.pdf", scratch / "b.pdf", rsa().signer());
    BOOST_TEST(slurp(scratch / "b.pdf").find("/TransformMethod /FieldMDP") != std::string::npos);
    BOOST_TEST(pdfsig_valid_count(scratch / "b.pdf") == 1);
    const auto second = sign_pdf(scratch / "b.pdf", scratch / "c.pdf", ec().signer(), {});
    BOOST_REQUIRE(!second);
    BOOST_TEST(is(second.error(), letter_errc::field_locked));
}

BOOST_AUTO_TEST_SUITE_END()
