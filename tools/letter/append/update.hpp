// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An incremental update (ISO 32000-1:2008 7.5.6): objects that are new or replaced, and the cross-reference
// section of the same kind as the file's own that makes them known. Produces only what is appended.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"

#include <map>
#include <string>

namespace acredita::letter {

class Update {
public:
    // `pdf` must outlive the update. too_complex if its object numbers leave no room.
    [[nodiscard]] static Result<Update> start(const StrictPdf& pdf);

    // A number nobody uses, with a placeholder behind it (an object that is null would vanish from
    // dictionaries).
    [[nodiscard]] QPDFObjectHandle reserve();
    // Writes the object as libqpdf holds it now.
    void put(QPDFObjectHandle object);
    // Writes that body, PDF syntax between "obj" and "endobj".
    void put(QPDFObjectHandle object, std::string body);

    struct Appended {
        std::string bytes;
        std::map<int, std::uint64_t>
            body_at; // per object number: where its body begins, counted from the file's start
    };
    // The bytes to append. too_large if an offset does not fit its field.
    [[nodiscard]] Result<Appended> build();

private:
    struct Body {
        int generation = 0;
        std::string text;
    };
    struct Row {
        int generation = 0;
        std::uint64_t offset = 0;
    };
    using Rows = std::map<int, Row>;

    explicit Update(const StrictPdf& pdf, int next) : pdf_(pdf), next_(next) {}

    [[nodiscard]] std::string trailer_entries(const std::string& new_id) const;
    [[nodiscard]] static std::string table(const Rows& rows);
    [[nodiscard]] static std::string stream(const Rows& rows, const std::string& entries, int number);

    const StrictPdf& pdf_;
    int next_;
    std::map<int, Body> bodies_;
};

// Offsets have ten digits in a table and in a /ByteRange.
constexpr std::uint64_t max_document = 9'999'999'999;

} // namespace acredita::letter
