// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whose registrations are meant, and below which root they lie. Everything in this folder is told by a Site
// where to look; nothing asks the environment.
#pragma once

#include <filesystem>

#include <sys/types.h>

namespace acredita::registration {

struct Site {
    std::filesystem::path root = "/"; // another one in tests only
    std::filesystem::path home;       // the person's, as seen from `root`; empty: the whole machine
    uid_t owner = 0;                  // to whom, besides root, files and folders must belong

    [[nodiscard]] bool system() const noexcept { return home.empty(); }
    // The machine that this person's site lies on. Below another root, in a test, its files are the tester's.
    [[nodiscard]] Site machine() const { return {root, {}, root == "/" ? 0 : owner}; }
    // A path of the machine as this process sees it.
    [[nodiscard]] std::filesystem::path at(const std::filesystem::path& absolute) const {
        return root / absolute.relative_path();
    }
};

// The name the module has in every list. Never changed: browsers remember modules by it.
inline constexpr const char* module_name = "Acredita";
// How it is told from other modules, wherever it lies.
inline constexpr const char* module_file = "libacredita-pkcs11.so";

[[nodiscard]] inline bool is_ours(const std::filesystem::path& library) {
    return library.filename() == module_file;
}
// OpenSC's module, under each of its names.
[[nodiscard]] inline bool is_opensc(const std::filesystem::path& library) {
    const auto name = library.filename().string();
    return name.starts_with("opensc-pkcs11.") || name.starts_with("onepin-opensc-pkcs11.");
}

} // namespace acredita::registration
