// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The portals that are known: those that come with Acredita and, beside or instead of them, those an
// administrator wrote in /etc/acredita/portals. Whoever can change that folder could send people to a page
// that only looks like their portal, so nobody but root may.
#pragma once

#include "tools/portals/portal.hpp"

#include <filesystem>

#include <sys/types.h>

namespace acredita::portals {

inline constexpr const char* own_folder = "/etc/acredita/portals";

// A file, or the folder, that is left out.
struct Mistake {
    std::string portal; // whose file it is; "" for the folder
    Error error;        // bad_file
};

struct KnownPortals {
    std::vector<Portal> all{}; // by name
    std::vector<Mistake> mistakes{};
    // unknown; bad_file if the file for it cannot be used: what we ship does not take its place, nor that of
    // any file in a folder that cannot be trusted.
    [[nodiscard]] Result<Portal> find(std::string_view id) const;
};

// `own` and the folder around it have to belong to `owner`, and nobody else may write there.
[[nodiscard]] KnownPortals known_portals(const std::filesystem::path& shipped,
                                         const std::filesystem::path& own = own_folder, uid_t owner = 0);

} // namespace acredita::portals
