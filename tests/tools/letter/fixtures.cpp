// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/fixtures.hpp"

namespace acredita::letter::test {

namespace {

constexpr const char* note = "<< /Type /Annot /Subtype /Text /Rect [ 10 10 20 20 ] /Contents (nota) >>";

[[nodiscard]] std::string page_with(const std::string& entries) {
    return "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R "
           "/Resources << /Font << /F1 5 0 R >> >> " +
           entries + " >>";
}

[[nodiscard]] PdfParts with_form(const std::string& form, const std::string& fields) {
    auto parts = simple_letter();
    parts.objects[1] = "<< /Type /Catalog /Pages 2 0 R /AcroForm " + form + " >>";
    parts.objects[6] = "<< /Fields " + fields + " >>";
    parts.objects[7] = "[ 8 0 R ]";
    parts.objects[8] =
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (correo) /Rect [ 10 10 90 30 ] /P 3 0 R >>";
    parts.objects[3] = page_with("/Annots [ 8 0 R ]");
    return parts;
}

[[nodiscard]] std::string through_qpdf(const Scratch& scratch, const std::string& options) {
    spill(scratch / "plain.pdf", to_pdf(simple_letter()));
    const auto out = scratch / "made.pdf";
    const auto ran = run("qpdf " + options + " " + (scratch / "plain.pdf").string() + " " + out.string());
    if (ran.code != 0) throw std::runtime_error(ran.output);
    return slurp(out);
}

// A table whose trailer names a cross-reference stream besides (ISO 32000-1 7.5.8.4).
[[nodiscard]] std::string hybrid() {
    auto pdf = to_pdf(simple_letter());
    const auto table = pdf.rfind("xref\n0 6");
    const std::string row("\1\0\0\0\0\0", 6);
    std::string entry = row;
    entry[2] = static_cast<char>((table >> 16) & 0xFFU);
    entry[3] = static_cast<char>((table >> 8) & 0xFFU);
    entry[4] = static_cast<char>(table & 0xFFU);
    const auto stream =
        "6 0 obj\n<< /Type /XRef /W [ 1 4 1 ] /Index [ 6 1 ] /Size 7 /Root 1 0 R /Length 6 >>\nstream\n" +
        entry + "\nendstream\nendobj\n";
    const auto moved = table + stream.size();
    pdf.insert(table, stream);
    const auto root = pdf.rfind("/Root 1 0 R");
    pdf.insert(root, "/XRefStm " + std::to_string(table) + " ");
    pdf.erase(pdf.rfind("startxref\n") + 10);
    return pdf + std::to_string(moved) + "\n%%EOF\n";
}

} // namespace

PdfParts with_ready_field(const std::string& name, const std::string& entries) {
    auto parts = with_form("6 0 R", "[ 8 0 R ]");
    parts.objects[8] = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (" + name +
                       ") /Rect [ 72 72 272 122 ] /F 4 /P 3 0 R " + entries + " >>";
    return parts;
}

PdfParts certified(int level) {
    auto parts = with_ready_field("Autor", "/V 9 0 R");
    parts.objects[1] = "<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Perms << /DocMDP 9 0 R >> >>";
    parts.objects[9] = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <00> "
                       "/ByteRange [ 0 10 20 10 ] /Reference [ << /Type /SigRef /TransformMethod /DocMDP "
                       "/TransformParams << /Type /TransformParams /V /1.2 /P " +
                       std::to_string(level) + " >> >> ] >>";
    return parts;
}

std::vector<Fixture> signable(const Scratch& scratch) {
    std::vector<Fixture> all;
    all.push_back({"cross-reference table", to_pdf(simple_letter())});
    auto crlf = simple_letter();
    crlf.newline = "\r\n";
    all.push_back({"CRLF", to_pdf(crlf)});
    auto cut = simple_letter();
    cut.final_newline = false;
    all.push_back({"no end of line at the end", to_pdf(cut)});
    all.push_back({"form indirect, fields direct", to_pdf(with_form("6 0 R", "[ 8 0 R ]"))});
    all.push_back({"form and fields indirect", to_pdf(with_form("6 0 R", "7 0 R"))});
    all.push_back({"form direct", to_pdf(with_form("<< /Fields 7 0 R >>", "[ ]"))});
    all.push_back({"ready field", to_pdf(with_ready_field("Firma"))});
    auto direct = simple_letter();
    direct.objects[3] = page_with(std::string("/Annots [ ") + note + " ]");
    all.push_back({"annotations direct", to_pdf(direct)});
    auto indirect = simple_letter();
    indirect.objects[3] = page_with("/Annots 6 0 R");
    indirect.objects[6] = std::string("[ ") + note + " ]";
    all.push_back({"annotations indirect", to_pdf(indirect)});
    auto shared = indirect;
    shared.objects[2] = "<< /Type /Pages /Kids [ 3 0 R 7 0 R ] /Count 2 >>";
    shared.objects[7] = page_with("/Annots 6 0 R");
    all.push_back({"annotations shared by two pages", to_pdf(shared)});
    all.push_back({"hybrid", hybrid()});
    all.push_back({"object streams", through_qpdf(scratch, "--object-streams=generate")});
    all.push_back({"linearized", through_qpdf(scratch, "--linearize --object-streams=disable")});
    all.push_back(
        {"linearized with object streams", through_qpdf(scratch, "--linearize --object-streams=generate")});
    all.push_back({"certified, forms allowed", to_pdf(certified(2))});
    return all;
}

} // namespace acredita::letter::test
