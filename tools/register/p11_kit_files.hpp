// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module files that p11-kit would read for a person or the machine, as pkcs11.conf(5) merges them.
#pragma once

#include "tools/register/site.hpp"

#include <string>
#include <vector>

namespace acredita::registration {

struct P11KitFile {
    std::string name;           // "opensc-pkcs11.module"
    std::filesystem::path file; // the one that names the module
    std::filesystem::path library;
    bool enabled = true; // false: enabled in no program at all
};

// Of files of the same name in several folders the keys of the later one count, key by key: packaged, the
// machine's, the person's. What cannot be read, or is larger than sense, is left out.
[[nodiscard]] std::vector<P11KitFile> p11_kit_files(const Site& site);

// The folder for this site's own files.
[[nodiscard]] std::filesystem::path p11_kit_folder(const Site& site);

} // namespace acredita::registration
