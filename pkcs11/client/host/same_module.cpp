// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PKCS#11 module that is another one, already loaded in this process. libp11 loads modules by their file,
// and p11-kit's client module gives everybody who asks a connection, and so a login, of his own.
#include <p11-kit/pkcs11.h>

namespace {
CK_FUNCTION_LIST* the_same = nullptr; // whoever sets it keeps others away until it was fetched
}

extern "C" {
__attribute__((visibility("default"))) void acredita_same_module(CK_FUNCTION_LIST* functions) {
    the_same = functions;
}
__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** functions) {
    if (functions == nullptr) return CKR_ARGUMENTS_BAD;
    *functions = the_same;
    return the_same == nullptr ? CKR_GENERAL_ERROR : CKR_OK;
}
}
