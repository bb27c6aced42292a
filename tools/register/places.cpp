// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/places.hpp"

#include <algorithm>

namespace acredita::registration {
namespace {

void append(Places& all, Places more) {
    for (auto& place : more) all.push_back(std::move(place));
}

bool policy_serves_everybody(const Site& person, const What& what) {
    const auto policies = firefox_policies(person.machine(), what);
    return !policies.empty() && std::all_of(policies.begin(), policies.end(), [](const auto& place) {
        const auto state = place->look();
        return state && *state == State::present;
    });
}

} // namespace

Places places_of(const Site& site, const What& what) {
    Places all;
    if (site.system()) {
        append(all, firefox_policies(site, what));
        append(all, login_start(site, what));
    } else {
        append(all, firefox_profiles(site, what, policy_serves_everybody(site, what)));
        append(all, nss_database(site, what));
    }
    append(all, p11_kit_module(site, what));
    return all;
}

Result<void> check_module(const std::filesystem::path& module) {
    if (!module.is_absolute()) return fail(register_errc::module_relative, module.string());
    // AutoFirma cuts a path at its first space; Java and p11-kit read '#', '"', '$' and '\' as their own.
    if (module.string().find_first_of(" \t\r\n\"'#$\\;=") != std::string::npos)
        return fail(register_errc::module_with_space, module.string());
    std::error_code error;
    if (!std::filesystem::is_regular_file(module, error))
        return fail(register_errc::module_missing, module.string());
    return {};
}

} // namespace acredita::registration
