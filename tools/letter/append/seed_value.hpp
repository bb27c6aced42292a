// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the author of a signature field demands (ISO 32000-1:2008 12.7.4.5: /SV, table 234; /Lock, table 233).
// A demand that we meet is honoured, one that we cannot meet is unsupported_seed_value, a mere wish is passed
// over.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"

#include <optional>
#include <string>

namespace acredita::letter {

// What the signature about to be made will be.
struct IntendedSignature {
    std::string digest; // "SHA256"
    std::optional<std::string> reason;
};

[[nodiscard]] Result<void> check_seed_value(QPDFObjectHandle field, const IntendedSignature& intended);

// The /Reference entry that carries out the field's /Lock, as PDF syntax; empty if it has none.
[[nodiscard]] Result<std::string> lock_reference(const StrictPdf& pdf, QPDFObjectHandle field);

} // namespace acredita::letter
