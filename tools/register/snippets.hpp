// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What programs without a list of modules want in their own configuration: lines for a person to copy.
#pragma once

#include <filesystem>
#include <string>

namespace acredita::registration {

// ~/.ssh/config or /etc/ssh/ssh_config.d/*.conf (ssh_config(5): PKCS11Provider).
[[nodiscard]] std::string openssh_snippet(const std::filesystem::path& module);
// The configuration file of SunPKCS11, with how to use it as comments.
[[nodiscard]] std::string java_snippet(const std::filesystem::path& module);

} // namespace acredita::registration
