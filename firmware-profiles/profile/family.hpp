// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Families of cards that no profile serves, and what is known of them: one of three verdicts. Values only,
// firmware-profiles/families.toml. A family is asked after no profile has matched: a card that answers one of
// our applications is served, whatever its answer to reset looks like.
#pragma once

#include "firmware-profiles/profile/profile.hpp"

namespace acredita::profile {

enum class Verdict : std::uint8_t {
    unknown,        // nobody has told us: the report of a probe helps
    no_application, // documented: such a card has no application that signs
    makers_module,  // its maker has a PKCS#11 module that may serve it
};

struct Family {
    std::string_view name{}; // of its words in the catalogue: verdict.family.<name>
    std::string_view title{};
    Verdict verdict = Verdict::unknown;
    std::span<const std::string_view> modules{}; // what to ask for, by the names their makers give them
    bool import_never = false;                   // no program can bring a key onto it
    std::string_view source{};
    std::span<const AtrRule> atr{};        // of any of these, one must hold
    std::span<const AtrRule> historical{}; // the same, of the historical bytes alone
};

// The first that the answer to reset belongs to; nullptr: none, which is Verdict::unknown.
[[nodiscard]] const Family* family_of(std::span<const Family> families, ByteView atr) noexcept;

// There could be an answer to reset of both.
[[nodiscard]] bool overlap(const Family& one, const Family& other) noexcept;

// Those the project was built with.
[[nodiscard]] std::span<const Family> built_in_families() noexcept;

} // namespace acredita::profile
