// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/places.hpp"

#include <string>

namespace acredita::practice::places {

namespace {

bool built_here() {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error).string();
    return !error && self.starts_with(ACREDITA_BUILD_DIR "/");
}

std::filesystem::path choose(const char* built, const char* installed) {
    return built_here() ? built : installed;
}

} // namespace

std::filesystem::path module() {
    return choose(ACREDITA_BUILD_DIR "/pkcs11/module/libacredita-pkcs11.so",
                  ACREDITA_LIBDIR "/pkcs11/libacredita-pkcs11.so");
}

std::filesystem::path reader_driver() {
    return choose(ACREDITA_BUILD_DIR "/tools/practice/libifd-acredita-practice.so",
                  ACREDITA_LIBEXECDIR "/libifd-acredita-practice.so");
}

std::filesystem::path box() {
    return choose(ACREDITA_BUILD_DIR "/tools/practice/acredita-practice-box",
                  ACREDITA_LIBEXECDIR "/acredita-practice-box");
}

std::filesystem::path pcscd() { return "/usr/sbin/pcscd"; }

std::filesystem::path sample_backup() {
    return choose(ACREDITA_SOURCE_DIR "/tools/practice/samples/backup.sh",
                  ACREDITA_LIBEXECDIR "/samples/backup.sh");
}

std::filesystem::path letter_templates() {
    return choose(ACREDITA_SOURCE_DIR "/tools/letter/templates", ACREDITA_DATADIR "/letters");
}

std::filesystem::path portals() {
    return choose(ACREDITA_SOURCE_DIR "/tools/portals/data", ACREDITA_DATADIR "/portals");
}

} // namespace acredita::practice::places
