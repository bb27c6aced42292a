// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What earlier signatures of a document still allow (ISO 32000-1:2008 12.8.2.2 DocMDP, 12.8.2.4 FieldMDP).
#pragma once

#include "tools/letter/append/fields.hpp"

namespace acredita::letter {

// certified if the author certified it with P = 1; unsafe_content if its pages are not what a viewer shows
// (dynamic XFA).
[[nodiscard]] Result<void> check_may_be_signed(const StrictPdf& pdf);

// field_locked if a signature in `fields` locks the field of that name.
[[nodiscard]] Result<void> check_not_locked(const std::vector<FormField>& fields, const std::string& name);

} // namespace acredita::letter
