// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_tables.hpp"

#include <algorithm>

namespace acredita::profile {

// What no single value shows.
void check_together(TableReader& root, const Profile& profile) {
    const auto can = [&](bool KeyAlgorithm::*what) {
        return std::any_of(profile.algorithms.begin(), profile.algorithms.end(),
                           [&](const KeyAlgorithm& one) { return one.*what; });
    };
    const auto needs_admin = [&](Role role) {
        return role == Role::admin && profile.admin.kind == AdminKind::none;
    };
    const auto versioned = [](const auto& list) {
        return std::any_of(list.begin(), list.end(), [](const auto& one) { return one.since != Version{}; });
    };
    const bool piv = profile.objects.directory == DirectoryKind::piv;
    if (piv && profile.places.empty()) root.mistake(profile_errc::missing_key, "places");
    if (piv && std::any_of(profile.places.begin(), profile.places.end(),
                           [](const Place& one) { return one.certificate == 0; }))
        root.mistake(profile_errc::contradiction, "places"); // every key of PIV has an object beside it
    if (can(&KeyAlgorithm::import) != (profile.import.kind != ImportKind::none))
        root.mistake(profile_errc::contradiction, "import");
    if (can(&KeyAlgorithm::generate) != (profile.generate.kind != GenerateKind::none))
        root.mistake(profile_errc::contradiction, "generate");
    if (needs_admin(profile.import.role) || needs_admin(profile.generate.role) ||
        needs_admin(profile.objects.role) || needs_admin(profile.deletion.role))
        root.mistake(profile_errc::contradiction, "admin");
    if (profile.deletion.kind == DeleteKind::overwrite && profile.generate.kind == GenerateKind::none)
        root.mistake(profile_errc::contradiction, "delete");
    if ((versioned(profile.algorithms) || profile.deletion.since != Version{}) &&
        profile.naming.version == VersionFrom::nowhere)
        root.mistake(profile_errc::contradiction, "naming");
}

} // namespace acredita::profile
