// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

// Refused with that error, and nothing left in the folder but the input.
void refuses(const std::string& pdf, letter_errc expected, const Signer& signer = rsa().signer(),
             const SignOptions& options = {}) {
    const Scratch scratch;
    spill(scratch / "a.pdf", pdf);
    const auto report = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", signer, options);
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), expected), describe(report.error()));
    BOOST_TEST(std::distance(fs::directory_iterator(scratch / ""), fs::directory_iterator()) == 1);
    BOOST_TEST(slurp(scratch / "a.pdf") == pdf);
}

SignOptions named(const std::string& field) {
    SignOptions options;
    options.field = field;
    return options;
}

} // namespace

BOOST_AUTO_TEST_SUITE(refusing_to_sign)

BOOST_AUTO_TEST_CASE(what_is_no_pdf) {
    refuses("", letter_errc::not_pdf);
    refuses("Estimada señora:\n", letter_errc::not_pdf);
}

BOOST_AUTO_TEST_CASE(an_encrypted_pdf) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    for (const char* user : {"''", "clave"}) {
        const auto to = (scratch / "e.pdf").string();
        BOOST_REQUIRE(run(std::string("qpdf --encrypt ") + user + " dueno 256 -- " +
                          (scratch / "a.pdf").string() + " " + to)
                          .code == 0);
        refuses(slurp(to), letter_errc::encrypted);
    }
}

BOOST_AUTO_TEST_CASE(a_truncated_pdf_at_any_of_many_places) {
    const auto whole = to_pdf(simple_letter());
    for (std::size_t size = 1; size + 8 < whole.size(); size += 97)
        refuses(whole.substr(0, size), size < 5 ? letter_errc::not_pdf : letter_errc::damaged);
}

BOOST_AUTO_TEST_CASE(bytes_before_the_header) {
    refuses("\n" + to_pdf(simple_letter()), letter_errc::damaged);
}

BOOST_AUTO_TEST_CASE(a_cross_reference_that_points_elsewhere) {
    auto pdf = to_pdf(simple_letter());
    const auto at = pdf.rfind("startxref\n") + 10;
    pdf.replace(at, 3, "999");
    refuses(pdf, letter_errc::damaged);
}

BOOST_AUTO_TEST_CASE(a_page_tree_that_bites_its_tail) {
    auto parts = simple_letter();
    parts.objects[2] = "<< /Type /Pages /Kids [ 2 0 R ] /Count 1 >>";
    refuses(to_pdf(parts), letter_errc::damaged);
}

BOOST_AUTO_TEST_CASE(a_cross_reference_stream_that_inflates_to_a_gigabyte) {
    std::string bomb;
    Pl_String collect("bomb", nullptr, bomb);
    Pl_Flate deflate("bomb", &collect, Pl_Flate::a_deflate);
    const std::string zeros(1U << 20, '\0');
    for (int i = 0; i < 1000; ++i) static_cast<Pipeline&>(deflate).write(zeros.data(), zeros.size());
    deflate.finish();
    const std::string head = "%PDF-1.7\n";
    refuses(head + "1 0 obj\n<< /Type /XRef /W [ 1 4 1 ] /Size 7 /Root 2 0 R /Filter /FlateDecode /Length " +
                std::to_string(bomb.size()) + " >>\nstream\n" + bomb +
                "\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
            letter_errc::too_complex);
}

BOOST_AUTO_TEST_CASE(a_document_certified_against_any_change) {
    refuses(to_pdf(certified(1)), letter_errc::certified);
}

BOOST_AUTO_TEST_CASE(a_dynamic_form_that_shows_something_else) {
    auto parts = with_ready_field("Firma");
    parts.objects[1] =
        "<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /Fields [ 8 0 R ] /XFA (x) >> >>";
    refuses(to_pdf(parts), letter_errc::unsafe_content);
}

BOOST_AUTO_TEST_CASE(a_field_that_is_signed_already) {
    refuses(to_pdf(certified(2)), letter_errc::field_signed, rsa().signer(), named("Autor"));
}

BOOST_AUTO_TEST_CASE(a_field_that_is_no_signature_field_or_not_there) {
    auto parts = with_ready_field("Firma");
    parts.objects[8] = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Firma) /Rect [ 0 0 9 9 ] /P 3 0 R >>";
    refuses(to_pdf(parts), letter_errc::field_unsuitable, rsa().signer(), named("Firma"));
    refuses(to_pdf(simple_letter()), letter_errc::field_unsuitable, rsa().signer(), named("grupo.Firma"));
}

BOOST_AUTO_TEST_CASE(two_empty_fields_when_none_is_named) {
    auto parts = with_ready_field("FirmaAnterior");
    parts.objects[6] = "<< /Fields [ 8 0 R 9 0 R ] >>";
    parts.objects[9] =
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (FirmaNueva) /Rect [ 0 0 0 0 ] /P 3 0 R >>";
    refuses(to_pdf(parts), letter_errc::field_ambiguous);
}

BOOST_AUTO_TEST_CASE(a_field_that_demands_another_kind_of_signature) {
    for (const char* seed :
         {"/Ff 2 /SubFilter [ /adbe.pkcs7.detached ]", "/Ff 64 /DigestMethod [ (SHA512) ]", "/Ff 16",
          "/MDP << /P 2 >>", "/Ff 8 /Reasons [ (Otra) ]", "/Cert << /Ff 1 /Subject [ <00> ] >>"})
        BOOST_TEST_CONTEXT(seed)
    refuses(to_pdf(with_ready_field("Firma", std::string("/SV << /Type /SV ") + seed + " >>")),
            letter_errc::unsupported_seed_value);
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_belong_to_the_certificate) {
    auto signer = rsa().signer();
    const auto other = make_key(KeyKind::rsa2048);
    signer.key = other.get();
    refuses(to_pdf(simple_letter()), letter_errc::key_mismatch, signer);
}

BOOST_AUTO_TEST_CASE(keys_that_are_too_weak_or_of_other_kinds) {
    const auto weak = make_identity(KeyKind::rsa1024, "1024");
    const auto other = make_identity(KeyKind::p521, "P-521");
    refuses(to_pdf(simple_letter()), letter_errc::unsupported_key, weak.signer());
    refuses(to_pdf(simple_letter()), letter_errc::unsupported_key, other.signer());
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_valid_yet_or_is_no_certificate) {
    const auto early = make_identity(KeyKind::p256, "PRONTO", 5, 50);
    refuses(to_pdf(simple_letter()), letter_errc::certificate_not_yet_valid, early.signer());
    auto signer = rsa().signer();
    signer.certificate.pop_back();
    refuses(to_pdf(simple_letter()), letter_errc::bad_certificate, signer);
}

BOOST_AUTO_TEST_CASE(a_file_larger_than_allowed) {
    SignOptions options;
    options.max_size = 100;
    refuses(to_pdf(simple_letter()), letter_errc::too_large, rsa().signer(), options);
}

BOOST_AUTO_TEST_CASE(an_output_that_exists_or_cannot_be_written) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    spill(scratch / "b.pdf", "valioso");
    auto report = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), {});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::output_exists));
    BOOST_TEST(slurp(scratch / "b.pdf") == "valioso");
    report = sign_pdf(scratch / "a.pdf", scratch / "no" / "b.pdf", rsa().signer(), {});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::write_failed));
}

BOOST_AUTO_TEST_SUITE_END()
