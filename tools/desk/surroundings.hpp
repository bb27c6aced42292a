// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a program of the desk finds around itself: its configuration, the practice mode, the module it reaches
// cards through; and what it does to itself before the first secret.
#pragma once

#include "pkcs11/client/route/choice.hpp"

#include <string>
#include <string_view>

namespace acredita::desk {

inline constexpr std::string_view configuration_file = "/etc/acredita/acredita.toml";

// True in the practice mode, whose cards are virtual.
[[nodiscard]] bool practising();

// The module a person named (`named`, may be empty), else ACREDITA_MODULE, else the configuration's, else
// where it is installed.
[[nodiscard]] std::filesystem::path module_file(const std::string& named);
// The same as what to do with the card in a reader: `named` is a person's word, the others are habits.
// Profiles of makers' modules: the administrator's own, then those that were built in.
[[nodiscard]] client::Choice module_choice(const std::string& named);

// Whom to ask, in the office's own words; empty: the configuration does not say.
[[nodiscard]] std::string contact();

// No core dump, no debugger, no /proc/self/mem for others: called before the first secret.
void guard_process() noexcept;

} // namespace acredita::desk
