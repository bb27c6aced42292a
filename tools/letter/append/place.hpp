// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where a signature goes: an empty signature field that is there, or a new invisible one on the first page
// (ISO 32000-1:2008 12.7.2, 12.7.4.5). Changes the fewest objects that can carry it.
#pragma once

#include "tools/letter/append/fields.hpp"
#include "tools/letter/append/update.hpp"

#include <optional>

namespace acredita::letter {

struct Place {
    std::string name;
    std::optional<QPDFObjectHandle> ready; // the field, if it is there already
};

// `wanted` empty: the only empty signature field, or a new name if there is none. Errors: field_signed,
// field_locked, field_ambiguous, field_unsuitable.
[[nodiscard]] Result<Place> choose_place(const StrictPdf& pdf, const std::string& wanted);

// Puts `signature` there and the objects this changes into `update`.
[[nodiscard]] Result<void> occupy(const StrictPdf& pdf, Update& update, const Place& place,
                                  QPDFObjectHandle signature);

} // namespace acredita::letter
