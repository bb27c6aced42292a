// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one table of functions with what each argument is, from which calls with something wrong in them are
// made. A letter for each argument or pair:
//   s session    i slot      h object handle   v any value   n pointer that may be NULL
//   r pointer that must not be NULL            m mechanism, the same
//   d bytes to read and their number           t attributes to read and their number
//   o buffer or NULL, and where its length is  l the same, of numbers
//   w attributes to fill and their number      f numbers to fill and how many there is room for
#pragma once

#include "pkcs11/module/cryptoki.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace acredita::test {

using Arguments = std::vector<unsigned long>;

struct Function {
    std::string_view name;
    std::string_view shape;
    std::function<CK_RV(const Arguments&)> call;
    bool message = false; // of version 3.0, 5.9 ff.: message-based, which no card of ours has a use for
};

// All but C_Initialize, C_Finalize, and those that work before initialisation: C_GetFunctionList,
// C_GetInterfaceList, C_GetInterface.
[[nodiscard]] const std::vector<Function>& every_function();

} // namespace acredita::test
