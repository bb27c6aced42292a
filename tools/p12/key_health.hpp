// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is wrong with a key although it opens: looked at where the key is, in the process that reads backups,
// so that no other process has to compute with it. Sources: NIST SP 800-57 part 1 rev. 5 table 2 (sizes), SP
// 800-56B rev. 2 6.2 and 6.4 (exponents, CRT numbers), Nemec et al., "The Return of Coppersmith's Attack",
// CCS 2017, section 5 (ROCA).
#pragma once

#include "tools/p12/key.hpp"

#include <optional>

namespace acredita::p12 {

enum class KeyFault {
    too_small,        // RSA or DSA under 2048 bits, a curve under 224
    even_exponent,    // the public exponent is even: no RSA key at all
    small_exponent,   // the public exponent is under 65537
    inconsistent_crt, // the private numbers do not belong together: signatures would betray the key
    roca,             // the modulus bears the fingerprint of a card library whose keys can be factored
};

struct KeyHealth {
    std::vector<KeyFault> faults;
    std::optional<Error>
        self_test; // why a signature of it does not verify under its certificate; none: it does
};

[[nodiscard]] std::vector<KeyFault> key_faults(const EVP_PKEY* key);

// Whether every small prime leaves a power of 65537 as the modulus' remainder: for moduli made at random once
// in 2^27, for those of the faulty library always.
[[nodiscard]] bool has_roca_fingerprint(ByteView modulus);

[[nodiscard]] std::string_view name_of(KeyFault fault) noexcept;

} // namespace acredita::p12
