// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The tolerant front end: one BER element rewritten as definite-length encoding (X.690 (2021) 8.1.3, 8.7).
//
// Indefinite lengths become definite, constructed OCTET STRINGs become primitive, lengths become shortest.
// What lies inside an OCTET STRING is data and is left alone. The walk is iterative, at most 32 levels deep
// and 65536 elements long; no length is believed before it is compared with what is there. Errors: truncated
// ("missing=N", the bytes a complete file would have more), damaged ("offset=N: ...").
#pragma once

#include "pcsc/base/secret.hpp"

namespace acredita::p12 {

inline constexpr std::size_t deepest_nesting = 32;
inline constexpr std::size_t most_elements = 65536;

struct Definite {
    ZeroingBytes der;
    std::size_t consumed = 0; // bytes of the input that belong to the element; the rest is trailing
    bool rewritten = false;   // the input used an encoding that DER forbids
};

[[nodiscard]] Result<Definite> to_definite(ByteView input);

} // namespace acredita::p12
