// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/signed_letter.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

BOOST_AUTO_TEST_SUITE(checking_a_signed_letter)

BOOST_AUTO_TEST_CASE(an_untouched_letter_is_sound_in_every_part) {
    const SignedLetter letter;
    const auto verdict = letter.verdict(letter.bytes);
    BOOST_TEST(verdict.sound());
    BOOST_TEST(verdict.covers_whole_file);
    BOOST_TEST((verdict.binding == CertificateBinding::matches));
    BOOST_TEST((verdict.validity == Validity::valid));
    BOOST_TEST((verdict.path == Path::trusted));
    BOOST_TEST(!verdict.signing_time_attribute);
    BOOST_TEST((verdict.certificate == rsa().certificate));
}

BOOST_AUTO_TEST_CASE(without_anchors_the_path_is_not_checked_and_with_others_not_trusted) {
    const SignedLetter letter;
    const auto free = verify_pdf(letter.scratch / "b.pdf", {});
    BOOST_REQUIRE(free);
    BOOST_TEST((free->signatures.at(0).path == Path::not_checked));
    VerifyOptions others;
    others.trust_anchors = {ec().certificate};
    const auto foreign = verify_pdf(letter.scratch / "b.pdf", others);
    BOOST_REQUIRE(foreign);
    BOOST_TEST((foreign->signatures.at(0).path == Path::untrusted));
    BOOST_TEST(!foreign->signatures.at(0).path_problem.empty());
}

BOOST_AUTO_TEST_CASE(a_signature_made_by_poppler_and_nss_is_sound_without_a_certificate_hash) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    spill(scratch / "ca.der", as_text(authority()));
    spill(scratch / "me.der", as_text(rsa().certificate));
    write_key(scratch / "me.key", rsa().key.get());
    const auto made = run("cd " + (scratch / "").string() +
                          " && openssl x509 -inform DER -in me.der -out me.pem && openssl pkcs12 -export -in "
                          "me.pem -inkey me.key -name yo "
                          "-passout pass: -out me.p12 && mkdir db && certutil -N -d db --empty-password && "
                          "pk12util -d db -i me.p12 -W '' && "
                          "certutil -A -d db -n ca -t CT,C,C -i ca.der && pdfsig -nssdir db -nick yo "
                          "-add-signature -reason Prueba a.pdf b.pdf");
    BOOST_REQUIRE_MESSAGE(fs::exists(scratch / "b.pdf"), made.output);
    const auto verdict = verified(scratch / "b.pdf").signatures.at(0);
    BOOST_TEST(verdict.sub_filter == "adbe.pkcs7.detached");
    BOOST_TEST(verdict.sound());
    BOOST_TEST((verdict.path == Path::trusted));
}

BOOST_AUTO_TEST_CASE(a_changed_byte_is_seen) {
    const SignedLetter letter;
    const auto verdict = letter.verdict(letter.replaced("renovacion", "revocacion"));
    BOOST_TEST((verdict.integrity == Integrity::altered));
    BOOST_TEST((verdict.key == KeyProof::signed_by_certificate));
    BOOST_TEST(!verdict.sound());
}

BOOST_AUTO_TEST_CASE(changed_contents_are_no_signature_of_this_key) {
    const SignedLetter letter;
    auto changed = letter.bytes;
    // The SignedData ends in the signature value; behind it the string is padded with zeros.
    const auto close = changed.rfind("> >>\nendobj");
    const auto at = changed.find_last_not_of('0', close - 1) - 40;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    const auto verdict = letter.verdict(changed);
    BOOST_TEST(!verdict.sound());
    BOOST_TEST((verdict.key == KeyProof::not_signed_by_certificate));
}

BOOST_AUTO_TEST_CASE(a_gap_wider_or_narrower_than_contents_is_named) {
    const SignedLetter letter;
    std::size_t a = 0, b = 0, c = 0;
    BOOST_REQUIRE(std::sscanf(letter.range().c_str(), "/ByteRange [ 0 %zu %zu %zu", &a, &b, &c) == 3);
    const auto judged = [&](std::size_t x, std::size_t y, std::size_t z) {
        return letter
            .verdict(letter.with_range("/ByteRange [ 0 " + std::to_string(x) + " " + std::to_string(y) + " " +
                                       std::to_string(z) + "]"))
            .integrity;
    };
    BOOST_TEST((judged(a - 1, b, c) == Integrity::range_gap));
    BOOST_TEST((judged(a, b + 1, c - 1) == Integrity::range_gap));
    BOOST_TEST((judged(a + 2, b, c) == Integrity::range_gap));
    BOOST_TEST((judged(b, a, c) == Integrity::range_overlaps));
    BOOST_TEST((judged(a, b, c + 1) == Integrity::range_outside_file));
    BOOST_TEST((letter.verdict(letter.with_range("/ByteRange [ 0 5 9223372036854775807 9]")).integrity ==
                Integrity::range_outside_file));
    BOOST_TEST((letter.verdict(letter.with_range("/ByteRange [ 0 -5 9 9]")).integrity ==
                Integrity::range_malformed));
    BOOST_TEST(
        (letter.verdict(letter.with_range("/ByteRange [ 0 5 9]")).integrity == Integrity::range_malformed));
    BOOST_TEST(
        (letter.verdict(letter.with_range("/ByteRange [ 1 5 9 9]")).integrity == Integrity::range_malformed));
}

BOOST_AUTO_TEST_CASE(an_appended_page_is_a_change_though_the_signature_still_fits) {
    const SignedLetter letter;
    const auto verdict =
        letter.verdict(append_object(letter.bytes, 2, "<< /Type /Pages /Kids [ 3 0 R 3 0 R ] /Count 2 >>"));
    BOOST_TEST((verdict.integrity == Integrity::intact));
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "2 0");
    BOOST_TEST(!verdict.sound());
}

BOOST_AUTO_TEST_CASE(replaced_content_is_a_change) {
    const SignedLetter letter;
    const auto verdict =
        letter.verdict(append_object(letter.bytes, 4, "<< /Length 3 >>\nstream\nq Q\nendstream"));
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "4 0");
}

BOOST_AUTO_TEST_CASE(an_annotation_laid_over_the_page_is_a_change) {
    const SignedLetter letter;
    const auto verdict = letter.verdict(append_object(
        letter.bytes, 3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Annots [ << /Type /Annot "
        "/Subtype /FreeText /Rect [ 0 0 500 500 ] /Contents (otra cosa) >> ] >>"));
    BOOST_TEST((verdict.later == LaterChanges::changed));
}

BOOST_AUTO_TEST_CASE(an_object_supplied_where_the_signed_letter_had_none_is_a_change) {
    auto parts = simple_letter();
    parts.objects[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents [ 4 0 R 30 0 R ] "
                       "/Resources << /Font << /F1 5 0 R >> >> >>";
    const SignedLetter letter(parts);
    const auto verdict =
        letter.verdict(append_object(letter.bytes, 30, "<< /Length 3 >>\nstream\nq Q\nendstream"));
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "30 0");
}

BOOST_AUTO_TEST_CASE(a_truncated_letter_cannot_be_judged) {
    const SignedLetter letter;
    for (std::size_t size = letter.bytes.size() - 20; size > 2000; size /= 2) {
        spill(letter.scratch / "x.pdf", letter.bytes.substr(0, size));
        const auto report = verify_pdf(letter.scratch / "x.pdf", {});
        BOOST_REQUIRE(!report);
        BOOST_TEST(is(report.error(), letter_errc::damaged));
    }
}

BOOST_AUTO_TEST_CASE(a_second_startxref_does_not_make_the_letter_cover_its_whole_file) {
    const SignedLetter letter;
    const auto at = letter.bytes.rfind("startxref\n");
    const auto verdict = letter.verdict(letter.bytes + letter.bytes.substr(at));
    BOOST_TEST(!verdict.covers_whole_file);
    BOOST_TEST((verdict.later != LaterChanges::none));
}

BOOST_AUTO_TEST_CASE(a_kind_of_signature_we_do_not_know_is_named) {
    const SignedLetter letter;
    const auto verdict =
        letter.verdict(letter.replaced("/SubFilter /ETSI.CAdES.detached", "/SubFilter /adbe.x509.rsa_sha1 "));
    BOOST_TEST((verdict.integrity == Integrity::unsupported_sub_filter));
}

BOOST_AUTO_TEST_SUITE_END()
