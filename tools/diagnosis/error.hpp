// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::diagnosis {

enum class diagnosis_errc { no_page = 1, too_long };

} // namespace acredita::diagnosis

template <>
struct acredita::ErrorTable<acredita::diagnosis::diagnosis_errc> {
    using E = diagnosis::diagnosis_errc;
    static constexpr std::string_view family = "diagnosis";
    static constexpr ErrorRow<E> rows[] = {
        {E::no_page, "no_page", "the PDF cannot be drawn"},
        {E::too_long, "too_long", "the words do not fit on one page"},
    };
};
