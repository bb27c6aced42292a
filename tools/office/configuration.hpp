// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// /etc/acredita/office.toml: where the database is and which kiosk this is (docs/office-database.md). The
// file decides where the journal goes, so nobody but its owner may change it.
#pragma once

#include "tools/office/database.hpp"

#include <filesystem>
#include <map>
#include <optional>

#include <sys/types.h>

namespace acredita::office {

// How this office renews certificates (docs/renewal.md).
struct RenewalRules {
    std::string policy = "expired-allowed"; // or "fnmt", "supervisor"
    std::string folder{};                   // where the letters are kept
    std::string authority = "FNMT-RCM";     // who certifies, and writes to the person
    std::string sender{};                   // what the authority's messages come from
    bool fax = false;                       // whether anybody is asked for one
};

struct Configuration {
    Connection database{};
    std::string kiosk = "kiosk";                // its name in the journal
    std::int64_t kiosks = 1;                    // how many share the database
    std::string time_zone = "Europe/Madrid";    // of appointments, as calendars name it
    std::map<std::string, std::string> roles{}; // user name to role; whoever is not named is an operator
    RenewalRules renewal{};

    [[nodiscard]] std::string role_of(const std::string& user) const;
};

inline constexpr std::string_view all_policies[] = {"fnmt", "expired-allowed", "supervisor"};
inline constexpr std::string_view all_roles[] = {"operator", "supervisor", "auditor", "technician"};

// nullopt: there is no such file, and this office remembers nothing. configuration_unsafe: it belongs to
// somebody else than `owner`, or others may write it. configuration_invalid, several_kiosks.
[[nodiscard]] Result<std::optional<Configuration>> read_configuration(const std::filesystem::path& file,
                                                                      uid_t owner = 0);

// The same of text; the line of a mistake stands in the detail.
[[nodiscard]] Result<Configuration> parse_configuration(std::string text);

} // namespace acredita::office
