// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/browser.hpp"

namespace acredita::registration {
namespace {

constexpr const char* snaps[] = {"firefox", "chromium", "brave", "opera", "vivaldi", "thunderbird"};
constexpr const char* flatpaks[] = {
    "org.mozilla.firefox", "org.mozilla.Thunderbird", "org.chromium.Chromium",
    "com.google.Chrome",   "com.brave.Browser",       "com.microsoft.Edge",
    "com.opera.Opera",     "com.vivaldi.Vivaldi",     "io.gitlab.librewolf-community"};

// A link that leads nowhere counts: below another root a snap's link always does.
bool exists(const Site& site, const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::symlink_status(site.at(file), error).type() !=
           std::filesystem::file_type::not_found;
}

} // namespace

std::vector<Error> boxed_browsers(const Site& site) {
    std::vector<Error> found;
    const auto look = [&](register_errc code, const std::filesystem::path& file) {
        const bool there = exists(site, file);
        if (there) found.push_back(fail(code, file.string()).value());
        return there;
    };
    for (const std::filesystem::path name : snaps) {
        // What a snap kept in a home outlives it, so that counts only where snaps can run.
        if (look(register_errc::snap, "/snap/bin" / name)) continue;
        if (look(register_errc::snap, "/var/lib/snapd/snap/bin" / name)) continue;
        if (!site.system() && exists(site, "/var/lib/snapd"))
            look(register_errc::snap, site.home / "snap" / name / "current");
    }
    for (const std::filesystem::path name : flatpaks) {
        look(register_errc::flatpak, "/var/lib/flatpak/app" / name);
        if (!site.system()) look(register_errc::flatpak, site.home / ".local/share/flatpak/app" / name);
    }
    return found;
}

bool firefox_installed(const Site& site) {
    return exists(site, "/usr/lib/firefox-esr") || exists(site, "/usr/lib/firefox") ||
           exists(site, "/usr/lib64/firefox") || exists(site, "/opt/firefox");
}

} // namespace acredita::registration
