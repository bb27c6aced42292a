// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A portal in which a person's certificate is associated with a profile, and how the new certificate takes
// the place of the old one there: one TOML file a portal (docs/portals.md), named after it.
//
// Such a file is an administrator's and may still be wrong: its size, the number and length of its texts,
// and what they may contain are bounded.
#pragma once

#include "tools/catalogue/language.hpp"
#include "tools/portals/error.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace acredita::portals {

// The parts of the way, in the order in which they are walked.
enum class Part {
    before,      // what is lost, and what not to press
    enter,       // with user and password, as the certificate is not accepted any more
    change,      // the one way: the certificate is changed in one step
    remove,      // the other: the old one is removed, that is confirmed, the new one assigned
    represented, // persons and entities for whom the holder acts
    check,       // that it worked
};
inline constexpr std::array all_parts{Part::before, Part::enter,       Part::change,
                                      Part::remove, Part::represented, Part::check};
[[nodiscard]] std::string_view name_of(Part part) noexcept;

struct Words {
    std::string name;
    std::array<std::vector<std::string>, all_parts.size()> steps{};
    [[nodiscard]] const std::vector<std::string>& of(Part part) const {
        return steps.at(static_cast<std::size_t>(part));
    }
};

struct Portal {
    std::string id;    // "oficina-virtual"
    std::string url{}; // "" if the file names none; https alone
    Words spanish{}, english{};
    bool own = false; // the administrator's
    [[nodiscard]] const Words& in(catalogue::Language language) const {
        return language == catalogue::Language::spanish ? spanish : english;
    }
};

// a-z, 0-9 and hyphens, at most 40.
[[nodiscard]] bool is_portal_id(std::string_view text) noexcept;

// Nothing in it moves what stands beside it: no control characters, none that turn the direction of reading.
[[nodiscard]] bool is_plain(std::string_view text) noexcept;

inline constexpr std::size_t longest_file = 32 * 1024;

// bad_file with `file` and the line as detail.
[[nodiscard]] Result<Portal> parse_portal(const std::string& text, std::string id, const std::string& file);

} // namespace acredita::portals
