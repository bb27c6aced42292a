// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/cache_folder.hpp"

#include <cstdlib>
#include <vector>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::module {

namespace {

bool belongs_to_us(const std::filesystem::path& folder) {
    struct stat about {};
    return folder.is_absolute() && ::stat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) &&
           about.st_uid == ::geteuid();
}

// Of the user database; a browser may run with another HOME.
std::filesystem::path home_folder() {
    std::vector<char> buffer(16384);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr ||
        found->pw_dir == nullptr)
        return {};
    return found->pw_dir;
}

} // namespace

std::filesystem::path user_cache_folder() {
    // Nothing of the environment counts in a program that has more rights than its caller.
    if (const auto* said = ::secure_getenv("XDG_CACHE_HOME"); said != nullptr && belongs_to_us(said))
        return std::filesystem::path(said) / "acredita";
    const auto home = home_folder();
    return belongs_to_us(home) ? home / ".cache" / "acredita" : std::filesystem::path();
}

} // namespace acredita::module
