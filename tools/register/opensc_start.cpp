// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/opensc_start.hpp"

#include "tools/register/file.hpp"

#include <fstream>

namespace acredita::registration {
namespace {

constexpr const char* machine_file = "/etc/xdg/autostart/pkcs11-register.desktop";

std::filesystem::path own_file(const Site& site) {
    return site.home / ".config/autostart/pkcs11-register.desktop";
}

bool starts(const std::optional<std::string>& text) {
    return text && text->find("\nHidden=true") == std::string::npos;
}

} // namespace

std::filesystem::path opensc_start(const Site& site) {
    const auto machine = read_file(site, machine_file);
    if (!machine || !*machine) return {};
    if (!site.system())
        if (const auto own = read_file(site, own_file(site)); own && *own)
            return starts(*own) ? own_file(site) : std::filesystem::path();
    return starts(*machine) ? std::filesystem::path(machine_file) : std::filesystem::path();
}

Result<void> hide_opensc_start(const Site& site) {
    return replace_file(
        site, own_file(site),
        "[Desktop Entry]\nType=Application\nName=OpenSC\nExec=/usr/bin/pkcs11-register\nHidden=true\n");
}

} // namespace acredita::registration
