// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A person's databases of NSS: the one that Chromium, Chrome, Evolution and others share, and the Firefox
// profiles.
#include "tools/register/file.hpp"
#include "tools/register/nss_place.hpp"
#include "tools/register/places.hpp"

#include <algorithm>
#include <sstream>

namespace acredita::registration {
namespace {

constexpr std::size_t most_profiles = 50;

// profiles.ini: sections [ProfileN] with Path= and IsRelative=1.
std::vector<std::filesystem::path> profiles_in(const std::string& text, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::istringstream lines(text);
    bool profile = false;
    for (std::string line; std::getline(lines, line) && found.size() < most_profiles;) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.starts_with("[")) profile = line.starts_with("[Profile");
        // An absolute path replaces the folder; so the other key need not be read.
        if (profile && line.starts_with("Path="))
            found.push_back((folder / line.substr(5)).lexically_normal());
    }
    return found;
}

bool there(const Site& site, const std::filesystem::path& folder) {
    std::error_code error;
    return std::filesystem::is_directory(site.at(folder), error);
}

} // namespace

Places firefox_profiles(const Site& site, const What& what, bool covered) {
    Places places;
    for (const auto* folder : {".mozilla/firefox", ".config/mozilla/firefox"}) {
        const auto text = read_file(site, site.home / folder / "profiles.ini");
        if (!text || !*text) continue;
        for (const auto& profile : profiles_in(**text, site.home / folder))
            if (there(site, profile))
                places.push_back(std::make_unique<NssPlace>(Kind::firefox, site, profile, what.module,
                                                            NssPlace::Options{true, covered}));
    }
    return places;
}

Places nss_database(const Site& site, const What& what) {
    auto folder = site.home / ".pki/nssdb";
    const auto newer = site.home / ".local/share/pki/nssdb"; // where ~/.pki is not there
    if (!there(site, site.home / ".pki") && there(site, newer)) folder = newer;
    Places places;
    places.push_back(
        std::make_unique<NssPlace>(Kind::nss, site, folder, what.module, NssPlace::Options{false, false}));
    return places;
}

} // namespace acredita::registration
