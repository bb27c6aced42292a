// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads and checks a profile file. The same code runs when the project is built (every built-in profile) and
// at run time (an administrator's own). Pure: text in, profile or the whole list of mistakes out.
#pragma once

#include "firmware-profiles/profile/arena.hpp"
#include "firmware-profiles/profile/error.hpp"
#include "firmware-profiles/profile/profile.hpp"

namespace acredita::profile {

// A profile and what it points into. Moving it leaves the views valid.
struct LoadedProfile {
    Arena arena{};
    Profile profile{};
    std::string file{};
    unsigned match_line = 0, name_line = 0; // in that file
};

struct Checked {
    LoadedProfile loaded{};
    std::vector<Mistake> mistakes{}; // empty: `loaded` may be used
};

// `file` is only for the mistakes.
[[nodiscard]] Checked check(std::string_view text, std::string file);

inline constexpr std::size_t longest_profile = std::size_t{256} * 1024;

// Reads a file of at most so many bytes. unreadable is one of the mistakes.
[[nodiscard]] Checked check_file(const std::string& path);

// Profiles of which a card could match both, as mistakes in the file of the later one.
[[nodiscard]] std::vector<Mistake> check_overlaps(std::span<const LoadedProfile> loaded,
                                                  std::span<const Profile> others = {});

} // namespace acredita::profile
