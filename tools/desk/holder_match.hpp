// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is the person on the card the person of the certificate? Names are compared as people write them: accents,
// capitals, particles and whether the surnames come first make no difference; everything else is said, and a
// person decides.
#pragma once

#include "tools/catalogue/language.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acredita::desk {

enum class Likeness { identical, similar, different };

enum class Difference {
    order,    // the same words in another order than surnames first or last
    missing,  // one has words that the other has not
    initial,  // "M" or "Mª" for "María"
    spelling, // one letter of a word
};

struct NameMatch {
    Likeness likeness = Likeness::different;
    std::vector<Difference> why{};
    std::vector<std::string> only_first{}, only_second{}; // words that found no counterpart, as written
};

[[nodiscard]] NameMatch compare_names(std::string_view first, std::string_view second);

// "identical", "similar", "different": for the journal, which gets no name.
[[nodiscard]] std::string_view name_of(Likeness likeness) noexcept;

// A sentence for each difference, with the words.
[[nodiscard]] std::vector<std::string> explain(const NameMatch& match, catalogue::Language language);

// What a token's label says of a person; nullopt if it rather names the card ("PIV #123", "YubiKey PIV").
[[nodiscard]] std::optional<std::string> holder_in_label(std::string_view label);

} // namespace acredita::desk
