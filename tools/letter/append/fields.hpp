// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The form fields of a document (ISO 32000-1:2008 12.7.3), walked without recursion and within bounds.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"

#include <string>
#include <vector>

namespace acredita::letter {

struct FormField {
    std::string name; // fully qualified, UTF-8
    QPDFObjectHandle object;
    QPDFObjectHandle value; // /V, its own or inherited; null if none
    bool is_signature = false;
    [[nodiscard]] bool is_signed() const { return is_signature && !QPDFObjectHandle(value).isNull(); }
};

// The terminal fields in the order of the document. too_complex beyond 100 000 nodes or 64 levels.
[[nodiscard]] Result<std::vector<FormField>> form_fields(const StrictPdf& pdf);

} // namespace acredita::letter
