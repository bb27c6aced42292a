// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong with the list of portals and their sheets. Family "portals".
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::portals {

enum class portals_errc {
    bad_file = 1, // detail: file, line, and what is wrong there
    unknown,      // detail: its name, and those that are known
    too_long,     // detail: the portal
};

} // namespace acredita::portals

template <>
struct acredita::ErrorTable<acredita::portals::portals_errc> {
    using enum portals::portals_errc;
    static constexpr std::string_view family = "portals";
    static constexpr ErrorRow<portals::portals_errc> rows[] = {
        {bad_file, "bad_file", "a file that describes a portal cannot be used"},
        {unknown, "unknown", "no portal has this name"},
        {too_long, "too_long", "the steps of the portal do not fit on one page"},
    };
};
