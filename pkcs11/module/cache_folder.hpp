// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the certificate cache of the user this process acts for may lie.
#pragma once

#include <filesystem>

namespace acredita::module {

// $XDG_CACHE_HOME/acredita if that folder belongs to the effective user, otherwise ~/.cache/acredita of that
// user, whatever HOME says; empty if there is no such place. A program run by sudo with its caller's
// environment is therefore given the caller's folder by nobody: root keeps its own. Source: XDG Base
// Directory Specification 0.8, for the name; the ownership is ours.
[[nodiscard]] std::filesystem::path user_cache_folder();

} // namespace acredita::module
