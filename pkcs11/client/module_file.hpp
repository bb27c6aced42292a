// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The file of a maker's module, looked at before anything of it runs. Source: System V ABI (ELF header).
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pkcs11/client/client_error.hpp"

#include <filesystem>

namespace acredita::client {

// Whose file it may be.
enum class Custody {
    system, // root's, as are all folders above it, and nobody else may write there: what a profile names
    person, // root's, or of the very person who runs this and names it himself
};

// Follows links. module_not_found; module_unsafe with the reason; not_a_module (no shared object);
// module_other_machine; module_replaced if `sha256` is not empty and the file has another one.
[[nodiscard]] Result<std::filesystem::path> check_module_file(const std::filesystem::path& file, Custody,
                                                              ByteView sha256 = {});

} // namespace acredita::client
