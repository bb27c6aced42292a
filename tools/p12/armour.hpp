// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a file is, before anything is parsed: takes off PEM or bare base64, and names what is no backup at all
// by its first bytes, its PEM label or its outer ASN.1 shape. Works on hostile bytes, needs no password.
// Errors: too_large, empty_file, only_zeros, and the "this is something else" ones of p12_errc.
#pragma once

#include "pcsc/base/secret.hpp"

namespace acredita::p12 {

struct Unwrapped {
    ZeroingBytes bytes;
    bool armoured = false; // it came as text
};

[[nodiscard]] Result<Unwrapped> unwrap(ByteView file);

// Fails with the name of what this complete ASN.1 element is, if it plainly is something other than a PFX.
[[nodiscard]] Result<void> refuse_other_formats(ByteView definite);

} // namespace acredita::p12
