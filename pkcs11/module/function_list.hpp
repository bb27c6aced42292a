// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The lists that C_GetFunctionList and C_GetInterface give out. Constant from the start, with no destructor.
#pragma once

#include "pkcs11/module/cryptoki.hpp"

namespace acredita::module {

// Callers get pointers to non-const, but nobody writes there.
extern CK_FUNCTION_LIST list_2_40;
extern CK_FUNCTION_LIST_3_0 list_3_0;

} // namespace acredita::module

extern "C" {
CK_RV C_GetInterfaceList(CK_INTERFACE* list, CK_ULONG_PTR count);
CK_RV C_GetInterface(CK_UTF8CHAR_PTR name, CK_VERSION_PTR version, CK_INTERFACE** to, CK_FLAGS flags);
}
