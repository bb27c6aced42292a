// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every profile that holds on this computer: those that were built in, and the administrator's own, each file
// *.toml in a folder that belongs to root. An own file is read by the checker that the built-in ones went
// through; one with a mistake, or one that somebody else could have written, is not used, and the others are.
#pragma once

#include "firmware-profiles/profile/load.hpp"

#include <filesystem>

#include <sys/types.h>

namespace acredita::profile {

inline constexpr const char* own_profiles_folder = "/etc/acredita/firmware-profiles";

struct KnownProfiles {
    std::vector<LoadedProfile> own{}; // what `all` points into; moving it leaves the views valid
    std::vector<Profile> all{};       // the built-in ones first, then the own in the order of their names
    std::vector<Mistake> mistakes{};  // of the files that are not used
};

// `owner`: who must own the folder, the one it lies in, and the files. No folder is no mistake.
[[nodiscard]] KnownProfiles known_profiles(const std::filesystem::path& folder = own_profiles_folder,
                                           uid_t owner = 0);

// What is wrong with a profile beside the others, as mistakes in its file: it matches a card of theirs, has
// the name of one, or would have more applications asked for than recognising a card may cost.
[[nodiscard]] std::vector<Mistake> check_beside(const LoadedProfile& one, std::span<const Profile> others);

} // namespace acredita::profile
