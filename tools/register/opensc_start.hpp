// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The package opensc starts `pkcs11-register` at every login, which puts its module into every list it finds.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/register/site.hpp"

namespace acredita::registration {

// The file that starts it, as seen from the root; empty: none does.
[[nodiscard]] std::filesystem::path opensc_start(const Site& site);
// For a person: a file of the same name in their own folder hides the machine's (XDG Desktop Application
// Autostart).
[[nodiscard]] Result<void> hide_opensc_start(const Site& site);

} // namespace acredita::registration
