// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Browsers on this machine that a registration does not reach: boxed in, or started before it.
#pragma once

#include "tools/register/place.hpp"

namespace acredita::registration {

// snap and flatpak: what runs in a box of its own sees neither the module nor the reader. The detail is where
// it is.
[[nodiscard]] std::vector<Error> boxed_browsers(const Site& site);

// Browsers that were started before one of these places was last changed and have not loaded the module. For
// a person: their own processes; for the machine: everybody's. The detail is "firefox-esr (1234)".
[[nodiscard]] std::vector<Error> browsers_to_restart(const Site& whose, const Places& places,
                                                     const std::filesystem::path& module);

// True if a Firefox, other than a snap or flatpak, is installed.
[[nodiscard]] bool firefox_installed(const Site& site);

} // namespace acredita::registration
