// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/road.hpp"

namespace acredita::client {

bool is_ours(const std::filesystem::path& file) { return file.filename() == "libacredita-pkcs11.so"; }

Result<std::shared_ptr<Module>> open(const Road& road) {
    if (!road.apart) return Module::load(road.file);
    ACREDITA_TRY(file, check_module_file(road.file, road.custody, road.sha256));
    return Module::load_apart(file, road.manners);
}

} // namespace acredita::client
