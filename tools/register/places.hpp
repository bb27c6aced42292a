// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// All places of a site: one function each, defined in the file of that kind of place.
//
// For the machine: Firefox's policies, a start at login that serves everybody's NSS database, a module file
// of p11-kit. For a person: the Firefox profiles, the NSS database that Chromium and others share, a module
// file of p11-kit.
#pragma once

#include "tools/register/place.hpp"

namespace acredita::registration {

struct What {
    std::filesystem::path module;  // absolute
    std::filesystem::path program; // `acredita` itself, as it will be found at login
};

// One for every policies.json that a Firefox of this machine reads (Mozilla: /etc/firefox/policies wins over
// the folder "distribution" of an installation; they are not merged). A distribution's file is taken only if
// there is one and /etc has none: a new file in /etc would hide it.
[[nodiscard]] Places firefox_policies(const Site& site, const What& what);
// One for every profile. `covered`: a policy brings the module to every profile.
[[nodiscard]] Places firefox_profiles(const Site& site, const What& what, bool covered);
[[nodiscard]] Places nss_database(const Site& site, const What& what);
[[nodiscard]] Places login_start(const Site& site, const What& what);
[[nodiscard]] Places p11_kit_module(const Site& site, const What& what);

[[nodiscard]] Places places_of(const Site& site, const What& what);

// Relative, with characters that AutoFirma, Java and p11-kit stumble over, or nothing there: nobody can load
// it.
[[nodiscard]] Result<void> check_module(const std::filesystem::path& module);

} // namespace acredita::registration
