// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/support.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <stdlib.h>
#include <sys/wait.h>

namespace acredita::letter::test {

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "acredita-letter-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    folder_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

void spill(const fs::path& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

Ran run(const std::string& command) {
    Ran ran;
    auto* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("popen");
    std::array<char, 4096> piece{};
    while (const auto got = std::fread(piece.data(), 1, piece.size(), pipe))
        ran.output.append(piece.data(), got);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return ran;
}

PdfParts simple_letter() {
    const std::string content = "BT /F1 12 Tf 72 720 Td (Carta de renovacion) Tj ET";
    PdfParts parts;
    parts.objects[1] = "<< /Type /Catalog /Pages 2 0 R >>";
    parts.objects[2] = "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>";
    parts.objects[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R "
                       "/Resources << /Font << /F1 5 0 R >> >> >>";
    parts.objects[4] =
        "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
    parts.objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    return parts;
}

std::string to_pdf(const PdfParts& parts) {
    const auto& nl = parts.newline;
    std::string pdf = "%PDF-1.7" + nl + "%\xE2\xE3\xCF\xD3" + nl;
    std::map<int, std::size_t> offsets;
    for (const auto& [number, body] : parts.objects) {
        offsets[number] = pdf.size();
        pdf += std::to_string(number) + " 0 obj" + nl + body + nl + "endobj" + nl;
    }
    const auto xref = pdf.size();
    const int size = parts.objects.rbegin()->first + 1;
    pdf += "xref" + nl + "0 " + std::to_string(size) + nl + "0000000000 65535 f\r\n";
    for (int number = 1; number < size; ++number) {
        std::array<char, 32> row{};
        const bool used = offsets.contains(number);
        std::snprintf(row.data(), row.size(), "%010zu %05d %c\r\n", used ? offsets[number] : 0,
                      used ? 0 : 65535, used ? 'n' : 'f');
        pdf += row.data();
    }
    pdf += "trailer" + nl + "<< /Size " + std::to_string(size) + " " + parts.trailer + " >>" + nl +
           "startxref" + nl + std::to_string(xref) + nl + "%%EOF";
    return parts.final_newline ? pdf + nl : pdf;
}

VerifyReport verified(const fs::path& pdf) {
    VerifyOptions options;
    options.trust_anchors = {authority()};
    auto report = verify_pdf(pdf, options);
    if (!report) throw std::runtime_error(describe(report.error()));
    return std::move(*report);
}

int pdfsig_valid_count(const fs::path& pdf) {
    const auto text = run("pdfsig -nocert " + pdf.string()).output;
    int count = 0;
    for (auto at = text.find("Signature is Valid"); at != std::string::npos;
         at = text.find("Signature is Valid", at + 1))
        ++count;
    return count;
}

bool qpdf_is_content(const fs::path& pdf) { return run("qpdf --check " + pdf.string()).code == 0; }

bool openssl_accepts(const Scratch& scratch, const fs::path& pdf, std::size_t index) {
    const auto bytes = slurp(pdf);
    // Read by the test's own means, not with what is under test.
    std::map<std::size_t, std::array<std::size_t, 3>> ranges;
    for (auto at = bytes.find("/ByteRange"); at != std::string::npos; at = bytes.find("/ByteRange", at + 1)) {
        std::array<std::size_t, 3> range{};
        if (std::sscanf(bytes.c_str() + at, "/ByteRange [ 0 %zu %zu %zu ]", &range[0], &range[1],
                        &range[2]) == 3)
            ranges[range[1] + range[2]] = range;
    }
    if (ranges.size() <= index) return false;
    const auto [before, after, rest] = std::next(ranges.begin(), static_cast<std::ptrdiff_t>(index))->second;
    const auto der = from_hex(bytes.substr(before + 1, after - before - 2));
    if (!der) return false;
    spill(scratch / "ranges.bin", bytes.substr(0, before) + bytes.substr(after, rest));
    spill(scratch / "signature.p7", as_text(*der));
    spill(scratch / "ca.der", as_text(authority()));
    const auto folder = (scratch / "").string();
    return run("cd " + folder +
               " && openssl x509 -inform DER -in ca.der -out ca.pem && openssl cms -verify -inform DER "
               "-in signature.p7 -content ranges.bin -binary -cades -CAfile ca.pem -purpose any -out "
               "/dev/null")
               .code == 0;
}

} // namespace acredita::letter::test
