// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PDF document (ISO 32000-1:2008) opened strictly: no recovery, no repair, no password. What libqpdf parses
// here is only read and, in memory, prepared; the bytes of the file are never rewritten.
//
// Errors: not_pdf, damaged, encrypted, too_complex, read_failed.
#pragma once

#include "tools/letter/file.hpp"

#include <memory>

#include <qpdf/QPDF.hh>

namespace acredita::letter {

// How the file ends (ISO 32000-1 7.5.5, 7.5.8).
struct PdfTail {
    std::uint64_t startxref = 0;   // offset of the last cross-reference section
    bool xref_stream = false;      // that section is a stream, not a table
    bool ends_with_newline = true; // the last byte of the file is CR or LF
};

class StrictPdf {
public:
    // Looks at the first `size` bytes of `file`, which must outlive the document.
    [[nodiscard]] static Result<StrictPdf> open(const InputFile& file, std::uint64_t size);
    [[nodiscard]] static Result<StrictPdf> open(const InputFile& file) { return open(file, file.size()); }

    [[nodiscard]] QPDF& qpdf() const noexcept { return *qpdf_; }
    [[nodiscard]] const PdfTail& tail() const noexcept { return tail_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    StrictPdf(std::unique_ptr<QPDF> qpdf, PdfTail tail, std::uint64_t size) noexcept
        : qpdf_(std::move(qpdf)), tail_(tail), size_(size) {}

    std::unique_ptr<QPDF> qpdf_;
    PdfTail tail_;
    std::uint64_t size_;
};

// The value of a key; null if `dictionary` is none. libqpdf's getKey would warn or throw.
[[nodiscard]] QPDFObjectHandle value_of(QPDFObjectHandle dictionary, const std::string& key);

// True if that key holds that name, "/Sig" for example.
[[nodiscard]] bool has_name(QPDFObjectHandle dictionary, const std::string& key, const std::string& name);

} // namespace acredita::letter
