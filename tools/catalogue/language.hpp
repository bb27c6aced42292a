// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The language of a person, as POSIX locale variables say it (XBD 8.2: LC_ALL, then LC_MESSAGES, then LANG).
#pragma once

#include <string_view>

namespace acredita::catalogue {

enum class Language { english, spanish };

// "es", "es_ES.UTF-8", "es_MX" ... are Spanish; everything else, also nothing, is English.
[[nodiscard]] Language language_of(std::string_view locale) noexcept;
[[nodiscard]] Language language_from_environment() noexcept;
[[nodiscard]] std::string_view tag(Language language) noexcept; // "en", "es"

} // namespace acredita::catalogue
