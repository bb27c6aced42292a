// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A signed letter to be tampered with.
#pragma once

#include "tests/tools/letter/fixtures.hpp"

namespace acredita::letter::test {

// A letter signed once, its bytes, and a place to put what was done to them.
struct SignedLetter {
    Scratch scratch;
    std::string bytes;
    explicit SignedLetter(const PdfParts& parts = simple_letter()) {
        spill(scratch / "a.pdf", to_pdf(parts));
        const auto report = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), {});
        if (!report) throw std::runtime_error(describe(report.error()));
        bytes = slurp(scratch / "b.pdf");
    }
    [[nodiscard]] SignatureVerdict verdict(const std::string& changed) const {
        spill(scratch / "x.pdf", changed);
        return verified(scratch / "x.pdf").signatures.at(0);
    }
    [[nodiscard]] std::string replaced(const std::string& from, const std::string& to) const {
        auto copy = bytes;
        const auto at = copy.rfind(from);
        if (at == std::string::npos || from.size() != to.size())
            throw std::runtime_error("nothing to replace");
        return copy.replace(at, from.size(), to);
    }
    [[nodiscard]] std::string range() const {
        const auto at = bytes.rfind("/ByteRange [");
        return bytes.substr(at, bytes.find(']', at) + 1 - at);
    }
    [[nodiscard]] std::string with_range(std::string range_text) const {
        range_text.insert(range_text.size() - 1, range().size() - range_text.size(), ' ');
        return replaced(range(), range_text);
    }
};

// "/Root 1 0 R" as the last trailer has it, or nothing.
inline std::string reference_in_trailer(const std::string& pdf, const std::string& key) {
    const auto at = pdf.find(key + " ", pdf.rfind("trailer"));
    return at == std::string::npos ? "" : " " + pdf.substr(at, pdf.find(" R", at) + 2 - at);
}

// A revision by hand: one object replaced, a table, a trailer.
inline std::string append_object(const std::string& pdf, int number, const std::string& body) {
    const auto at = pdf.rfind("startxref\n") + 10;
    const auto previous = pdf.substr(at, pdf.find('\n', at) - at);
    auto out = pdf;
    const auto offset = std::to_string(out.size());
    out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    const auto xref = out.size();
    out += "xref\n" + std::to_string(number) + " 1\n" + std::string(10 - offset.size(), '0') + offset +
           " 00000 n\r\ntrailer\n<< /Size 1000" + reference_in_trailer(pdf, "/Root") +
           reference_in_trailer(pdf, "/Info") + " /Prev " + previous + " >>\nstartxref\n" +
           std::to_string(xref) + "\n%%EOF\n";
    return out;
}

} // namespace acredita::letter::test
