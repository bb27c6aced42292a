// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/catalogue/language.hpp"

#include <cstdlib>

namespace acredita::catalogue {

Language language_of(std::string_view locale) noexcept {
    const std::string_view name = locale.substr(0, locale.find_first_of("_.@"));
    return name == "es" ? Language::spanish : Language::english;
}

Language language_from_environment() noexcept {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
            return language_of(value);
    return Language::english;
}

std::string_view tag(Language language) noexcept { return language == Language::spanish ? "es" : "en"; }

} // namespace acredita::catalogue
