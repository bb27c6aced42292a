// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The /ByteRange and /Contents of a signature dictionary against the file they stand in: the signature counts
// only if the bytes it leaves out are its own /Contents string and nothing else (ISO 32000-1:2008 12.8.1).
#pragma once

#include "tools/letter/append/fields.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

struct Covered {
    Integrity state =
        Integrity::range_malformed; // intact means: the range is right, the digest not looked at yet
    ByteRange range;
    Bytes contents;
};

[[nodiscard]] Result<Covered> check_range(const InputFile& file, QPDFObjectHandle signature);

} // namespace acredita::letter
