// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/surroundings.hpp"

#include "firmware-profiles/profile/known.hpp"
#include "tools/issue/administration.hpp"

#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>

#ifndef ACREDITA_INSTALLED_MODULE
#error "the build says where the module will be installed"
#endif

namespace acredita::desk {

bool practising() {
    const char* value = std::getenv("ACREDITA_PRACTICE");
    return value != nullptr && std::string_view(value) == "1";
}

std::filesystem::path module_file(const std::string& named) {
    if (!named.empty()) return named;
    if (const char* said = std::getenv("ACREDITA_MODULE"); said != nullptr && *said != '\0') return said;
    if (const auto configured = issue::read_configuration(configuration_file);
        configured && !configured->module.empty())
        return configured->module;
    return ACREDITA_INSTALLED_MODULE;
}

client::Choice module_choice(const std::string& named) {
    struct Makers {
        profile::KnownProfiles known = profile::known_profiles();
        std::vector<profile::Profile> all{};
        Makers() {
            for (const auto& one : known.own)
                if (one.profile.module.present()) all.push_back(one.profile);
            const auto built = profile::built_in_makers();
            all.insert(all.end(), built.begin(), built.end());
        }
    };
    static const Makers makers; // roads are looked for more than once, and the folder is read once
    client::Choice choice(module_file(named), !named.empty());
    choice.makers = makers.all;
    return choice;
}

std::string contact() {
    const auto configured = issue::read_configuration(configuration_file);
    return configured ? configured->contact : std::string();
}

void guard_process() noexcept {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

} // namespace acredita::desk
