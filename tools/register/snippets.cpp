// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/snippets.hpp"

#include "tools/register/site.hpp"

namespace acredita::registration {

std::string openssh_snippet(const std::filesystem::path& module) {
    return "PKCS11Provider " + module.string() + "\n";
}

std::string java_snippet(const std::filesystem::path& module) {
    return "# keytool -list -keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerarg THIS-FILE\n"
           "name = " +
           std::string(module_name) + "\nlibrary = " + module.string() + "\n";
}

} // namespace acredita::registration
