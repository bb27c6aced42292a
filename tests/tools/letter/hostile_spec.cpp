// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Documents made to deceive: what a signature covers is not what is shown, or not what is read.
#include "tests/tools/letter/signed_letter.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

std::string number(std::uint64_t value) {
    auto text = std::to_string(value);
    return std::string(10 - text.size(), '0') + text;
}

std::string last_startxref(const std::string& pdf) {
    const auto at = pdf.rfind("startxref\n") + 10;
    return pdf.substr(at, pdf.find('\n', at) - at);
}

// One more cross-reference section that says where these objects are.
std::string with_section(std::string pdf, const std::map<int, std::uint64_t>& places,
                         const std::string& trailer = "/Root 1 0 R") {
    const auto previous = last_startxref(pdf);
    const auto at = pdf.size();
    pdf += "xref\n";
    for (const auto& [object, place] : places)
        pdf += std::to_string(object) + " 1\n" + number(place) + " 00000 n\r\n";
    return pdf + "trailer\n<< /Size 60 " + trailer + " /Prev " + previous + " >>\nstartxref\n" +
           std::to_string(at) + "\n%%EOF\n";
}

// The number of the object that is the signature dictionary.
int signature_object(const std::string& pdf) {
    const auto at = pdf.rfind(" 0 obj", pdf.rfind("/Type /Sig "));
    return std::stoi(pdf.substr(pdf.rfind('\n', at) + 1, at));
}

// Judged or refused, in any case without a sound signature.
bool accepted(const SignedLetter& letter, const std::string& changed) {
    spill(letter.scratch / "x.pdf", changed);
    const auto report = verify_pdf(letter.scratch / "x.pdf", {});
    return report && !report->signatures.empty() && report->signatures.at(0).sound();
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_document_made_to_deceive)

// Signature wrapping: the second signed part is moved back, something else takes its place, and a second
// signature dictionary says that this is right.
BOOST_AUTO_TEST_CASE(with_its_second_part_wrapped_into_another_document_is_seen) {
    const SignedLetter letter;
    std::size_t before = 0, after = 0, rest = 0;
    BOOST_REQUIRE(std::sscanf(letter.range().c_str(), "/ByteRange [ 0 %zu %zu %zu", &before, &after, &rest) ==
                  3);
    const auto contents = letter.bytes.substr(before, after - before);
    const auto object = signature_object(letter.bytes);
    const auto tail = letter.bytes.substr(after);
    auto wrapped = letter.bytes.substr(0, after) + " >>\nendobj\n";
    const auto content_at = wrapped.size();
    wrapped += "4 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n";
    std::map<int, std::uint64_t> places{{4, content_at}, {object, wrapped.size()}};
    wrapped += std::to_string(object) +
               " 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents " +
               contents + " /ByteRange [ 0 " + std::to_string(before) + " ";
    constexpr std::size_t room = 40;
    const auto moved = wrapped.size() + room;
    auto end = std::to_string(moved) + " " + std::to_string(rest) + " ] >>\nendobj\n";
    end.insert(end.size() - 1, room - end.size(), ' ');
    wrapped += end + tail;
    // The signed revision is found where it went.
    const auto& bytes = letter.bytes;
    for (auto at = bytes.find(" 0 obj", bytes.find("%%EOF")); at != bytes.npos;
         at = bytes.find(" 0 obj", at + 1)) {
        const auto line = bytes.rfind('\n', at) + 1;
        places.emplace(std::stoi(bytes.substr(line, at - line)), line < after ? line : line - after + moved);
    }
    const auto base = tail.substr(tail.rfind("/Prev ") + 6);
    const auto xref_at = std::to_string(wrapped.size());
    wrapped += "xref\n";
    for (const auto& [id, place] : places)
        wrapped += std::to_string(id) + " 1\n" + number(place) + " 00000 n\r\n";
    wrapped += "trailer\n<< /Size 60 /Root 1 0 R /Prev " + std::to_string(std::stoul(base)) +
               " >>\nstartxref\n" + xref_at + "\n%%EOF\n";
    spill(letter.scratch / "w.pdf", wrapped);
    const auto report = verify_pdf(letter.scratch / "w.pdf", {});
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST((report->signatures.at(0).integrity == Integrity::range_gap));
}

// Universal forgery: the parts that would be checked are missing or empty.
BOOST_AUTO_TEST_CASE(without_what_would_be_checked_has_no_sound_signature) {
    const SignedLetter letter;
    BOOST_TEST(!accepted(letter, letter.replaced("/ByteRange", "/ByteRangX")));
    BOOST_TEST(!accepted(letter, letter.replaced("/Contents <3", "/Contentz <3")));
    BOOST_TEST(!accepted(letter, letter.with_range("/ByteRange [ ]")));
    BOOST_TEST(!accepted(letter, letter.with_range("/ByteRange null")));
    BOOST_TEST(!accepted(letter, letter.with_range("/ByteRange [ 0 0 0 0 ]")));
    const auto at = letter.bytes.rfind("/Contents <") + 11;
    auto zero = letter.bytes;
    std::fill(zero.begin() + static_cast<std::ptrdiff_t>(at),
              zero.begin() + static_cast<std::ptrdiff_t>(zero.find('>', at)), '0');
    BOOST_TEST(!accepted(letter, zero));
    BOOST_TEST((letter.verdict(zero).integrity == Integrity::contents_malformed));
}

// Incremental saving without a cross-reference section: readers that mend files would show it.
BOOST_AUTO_TEST_CASE(with_objects_behind_its_end_that_no_section_names_is_seen) {
    const SignedLetter letter;
    const auto stray = letter.bytes + "4 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n";
    const auto verdict = letter.verdict(stray);
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "tail");
    BOOST_TEST(!verdict.sound());
    const auto again =
        letter.bytes + "trailer\n<< /Root 1 0 R >>\nstartxref\n" + last_startxref(letter.bytes) + "\n%%EOF\n";
    BOOST_TEST((letter.verdict(again).later == LaterChanges::changed));
    const auto behind = append_object(letter.bytes, 30, "<< >>") + "4 0 obj\n<< >>\nendobj\n";
    BOOST_TEST((letter.verdict(behind).later == LaterChanges::changed));
}

BOOST_AUTO_TEST_CASE(with_a_line_break_at_its_end_is_what_it_was) {
    const SignedLetter letter;
    const auto verdict = letter.verdict(letter.bytes + "\r\n");
    BOOST_TEST((verdict.later == LaterChanges::signatures));
    BOOST_TEST(verdict.sound());
    BOOST_TEST(!verdict.covers_whole_file);
}

BOOST_AUTO_TEST_CASE(whose_signature_was_copied_behind_a_change_is_seen) {
    const SignedLetter letter;
    const auto object = signature_object(letter.bytes);
    const auto at = letter.bytes.rfind("/Type /Sig ") - 3;
    const auto body = letter.bytes.substr(at, letter.bytes.find("endobj", at) - at);
    const auto changed = append_object(
        append_object(letter.bytes, 4, "<< /Length 3 >>\nstream\nq Q\nendstream"), object, body);
    BOOST_TEST(!accepted(letter, changed));
}

// Shadow attacks (hide, replace, hide and replace): prepared before, sprung after the signature.
BOOST_AUTO_TEST_CASE(whose_overlay_is_taken_away_after_signing_is_seen) {
    auto parts = simple_letter();
    parts.objects[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents [ 4 0 R 6 0 R ] "
                       "/Resources << /Font << /F1 5 0 R >> >> >>";
    parts.objects[6] = "<< /Length 20 >>\nstream\n1 g 0 0 595 842 re f\nendstream";
    const SignedLetter letter(parts);
    const auto verdict = letter.verdict(
        append_object(letter.bytes, 3,
                      "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents [ 4 0 R ] "
                      "/Resources << /Font << /F1 5 0 R >> >> >>"));
    BOOST_TEST((verdict.integrity == Integrity::intact));
    BOOST_TEST((verdict.later == LaterChanges::changed));
}

BOOST_AUTO_TEST_CASE(whose_text_field_or_font_is_replaced_after_signing_is_seen) {
    auto parts = simple_letter();
    parts.objects[1] = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 6 0 R ] >> >>";
    parts.objects[3] =
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Annots [ 6 0 R ] "
        "/Resources << /Font << /F1 5 0 R >> >> >>";
    const std::string field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (importe) /Rect [ 10 10 90 30 ] ";
    parts.objects[6] = field + "/V (100) >>";
    const SignedLetter letter(parts);
    for (const auto& changed :
         {append_object(letter.bytes, 6, field + "/V (100000) >>"),
          append_object(letter.bytes, 5, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>")})
        BOOST_TEST((letter.verdict(changed).later == LaterChanges::changed));
}

BOOST_AUTO_TEST_CASE(whose_sections_point_at_another_object_inside_the_signed_bytes_is_seen) {
    auto parts = simple_letter();
    const std::string hidden = "4 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj";
    parts.objects[6] =
        "<< /Length " + std::to_string(hidden.size()) + " >>\nstream\n" + hidden + "\nendstream";
    const SignedLetter letter(parts);
    const auto verdict =
        letter.verdict(with_section(letter.bytes, {{4, letter.bytes.find("stream\n4 0 obj") + 7}}));
    BOOST_TEST((verdict.integrity == Integrity::intact));
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "4 0");
}

BOOST_AUTO_TEST_CASE(that_exchanges_its_catalogue_after_signing_is_seen) {
    auto parts = simple_letter();
    parts.objects[6] = "<< /Type /Catalog /Pages 7 0 R >>";
    parts.objects[7] = "<< /Type /Pages /Kids [ 8 0 R ] /Count 1 >>";
    parts.objects[8] = "<< /Type /Page /Parent 7 0 R /MediaBox [ 0 0 595 842 ] >>";
    const SignedLetter letter(parts);
    // The new catalogue has to show the signature field as well, or there is nothing to judge.
    const auto& bytes = letter.bytes;
    const auto form = bytes.substr(bytes.rfind("/AcroForm"), 30);
    const auto changed = append_object(
        bytes, 6, "<< /Type /Catalog /Pages 7 0 R " + form.substr(0, form.find('R') + 1) + " >>");
    auto other = changed;
    other.replace(other.rfind("/Root 1 0 R"), 11, "/Root 6 0 R");
    const auto verdict = letter.verdict(other);
    BOOST_TEST((verdict.later == LaterChanges::changed));
    BOOST_TEST(verdict.later_objects.at(0) == "trailer");
}

BOOST_AUTO_TEST_CASE(that_is_signed_again_over_a_change_tells_which_signatures_saw_it) {
    const SignedLetter letter;
    BOOST_REQUIRE(sign_pdf(letter.scratch / "b.pdf", letter.scratch / "2.pdf", ec().signer(), {}));
    spill(letter.scratch / "3.pdf",
          append_object(slurp(letter.scratch / "2.pdf"), 4, "<< /Length 3 >>\nstream\nq Q\nendstream"));
    const auto third = make_identity(KeyKind::p256, "TERCERA");
    BOOST_REQUIRE(sign_pdf(letter.scratch / "3.pdf", letter.scratch / "4.pdf", third.signer(), {}));
    const auto report = verified(letter.scratch / "4.pdf");
    BOOST_REQUIRE(report.signatures.size() == 3U);
    BOOST_TEST((report.signatures[0].later == LaterChanges::changed));
    BOOST_TEST((report.signatures[1].later == LaterChanges::changed));
    BOOST_TEST((report.signatures[2].later == LaterChanges::none));
    BOOST_TEST(report.signatures[2].sound());
    for (const auto& verdict : report.signatures) BOOST_TEST((verdict.integrity == Integrity::intact));
}

// Sneaky signatures: a later one may draw over the page, which is said apart.
BOOST_AUTO_TEST_CASE(whose_later_signature_draws_on_the_page_says_so) {
    auto parts = with_ready_field("Primera", "");
    parts.objects[6] = "<< /Fields [ 8 0 R 9 0 R ] >>";
    parts.objects[9] =
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Segunda) /Rect [ 0 0 595 842 ] /P 3 0 R >>";
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(parts));
    SignOptions first, second;
    first.field = "Primera";
    second.field = "Segunda";
    second.draw = [](double, double) { return std::string("1 g 0 0 595 842 re f"); };
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), first));
    BOOST_REQUIRE(sign_pdf(scratch / "b.pdf", scratch / "c.pdf", ec().signer(), second));
    BOOST_TEST((verified(scratch / "c.pdf").signatures.at(0).later == LaterChanges::visible_signatures));
}

BOOST_AUTO_TEST_SUITE_END()
