// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where a signature goes: an empty signature field that is there, or a new invisible one on the first page
// (ISO 32000-1:2008 12.7.2, 12.7.4.5). Changes the fewest objects that can carry it.
#pragma once

#include "tools/letter/append/fields.hpp"
#include "tools/letter/append/update.hpp"

#include <functional>
#include <optional>

namespace acredita::letter {

struct Place {
    std::string name;
    std::optional<QPDFObjectHandle> ready; // the field, if it is there already
};

// `wanted` empty: the only empty signature field, or a new name if there is none. Errors: field_signed,
// field_locked, field_ambiguous, field_unsuitable.
[[nodiscard]] Result<Place> choose_place(const StrictPdf& pdf, const std::string& wanted);

// What is to be seen in a visible field of this size (points): operators of a content stream (ISO 32000-1
// 8.2) that need no resources, the origin in the lower left corner. Empty: nothing.
using DrawSignature = std::function<std::string(double width, double height)>;

// Puts `signature` there, draws it if the field has a size and `draw` is set, and the objects this changes
// into `update`.
[[nodiscard]] Result<void> occupy(const StrictPdf& pdf, Update& update, const Place& place,
                                  QPDFObjectHandle signature, const DrawSignature& draw = {});

} // namespace acredita::letter
