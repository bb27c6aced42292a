// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The revision that carries one signature (ISO 32000-1:2008 12.8.1, EN 319 142-1 V1.1.1 clause 5.4): appended
// bytes with room for the CMS, whose position and range are known before anything is signed.
#pragma once

#include "tools/letter/append/place.hpp"
#include "tools/letter/digest.hpp"

#include <chrono>

namespace acredita::letter {

struct SignatureEntries {
    std::optional<std::string> reason;   // UTF-8
    std::optional<std::string> location; // UTF-8
    std::chrono::sys_seconds time{};     // /M, the claimed time of signing
    std::string digest;                  // "SHA256", what seed values are compared with
    DrawSignature draw{};                // of a visible field
};

struct Revision {
    std::string field;
    std::string appended;          // /ByteRange filled in, /Contents zero
    std::uint64_t contents_at = 0; // in the file: the byte behind "<"
    std::size_t room = 0;          // bytes of CMS that fit
    ByteRange range;
};

// Prepares the revision that appends to `pdf`. Objects of `pdf` are changed in memory: use it once.
[[nodiscard]] Result<Revision> prepare_revision(const StrictPdf& pdf, const std::string& field,
                                                const SignatureEntries& entries, std::size_t room);

} // namespace acredita::letter
