// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The words of the standard: p11-kit's header (version 2.40), what version 3.0 adds to it and we use, and our
// own extensions. Source: PKCS #11 Cryptographic Token Interface Base Specification Version 3.0 (OASIS,
// 2020), 3.2-3.6, 5.
#pragma once

// The extensions need the header before them.
// clang-format off
#include <p11-kit/pkcs11.h>

#include "pkcs11/extensions.h"
// clang-format on

inline constexpr CK_OBJECT_CLASS CKO_PROFILE = 9;
inline constexpr CK_ATTRIBUTE_TYPE CKA_PROFILE_ID = 0x601;
inline constexpr CK_ATTRIBUTE_TYPE CKA_UNIQUE_ID = 4;
inline constexpr CK_ULONG CKP_PUBLIC_CERTIFICATES_TOKEN = 4;
// CK_UNAVAILABLE_INFORMATION, whose macro is a C cast.
inline constexpr CK_ULONG unavailable = ~0UL;
inline constexpr CK_ULONG CK_CERTIFICATE_CATEGORY_TOKEN_USER = 1;
inline constexpr CK_ULONG CK_CERTIFICATE_CATEGORY_AUTHORITY = 2;

struct CK_INTERFACE {
    CK_UTF8CHAR_PTR pInterfaceName;
    CK_VOID_PTR pFunctionList;
    CK_FLAGS flags;
};

// 5.16 and 5.17 of version 3.0, by shape: a message-based operation has an Init with a mechanism and a key,
// one call for a whole message, Begin/Next for a long one, and a Final.
using CK_MessageInit = CK_RV (*)(CK_SESSION_HANDLE, CK_MECHANISM_PTR, CK_OBJECT_HANDLE);
using CK_MessageCrypt = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG,
                                  CK_BYTE_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG_PTR);
using CK_MessageCryptBegin = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG);
using CK_MessageCryptNext = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG,
                                      CK_BYTE_PTR, CK_ULONG_PTR, CK_FLAGS);
using CK_MessageSign = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG, CK_BYTE_PTR,
                                 CK_ULONG_PTR);
using CK_MessageVerify = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG,
                                   CK_BYTE_PTR, CK_ULONG);
using CK_MessageBegin = CK_RV (*)(CK_SESSION_HANDLE, CK_VOID_PTR, CK_ULONG);
using CK_MessageFinal = CK_RV (*)(CK_SESSION_HANDLE);

// The list of version 3.0 is the list of 2.40 with these behind it, in this order.
struct CK_FUNCTION_LIST_3_0 {
    CK_FUNCTION_LIST v2;
    CK_RV (*C_GetInterfaceList)(CK_INTERFACE*, CK_ULONG_PTR);
    CK_RV (*C_GetInterface)(CK_UTF8CHAR_PTR, CK_VERSION_PTR, CK_INTERFACE**, CK_FLAGS);
    CK_RV (*C_LoginUser)(CK_SESSION_HANDLE, CK_ULONG, CK_UTF8CHAR_PTR, CK_ULONG, CK_UTF8CHAR_PTR, CK_ULONG);
    CK_RV (*C_SessionCancel)(CK_SESSION_HANDLE, CK_FLAGS);
    CK_MessageInit C_MessageEncryptInit;
    CK_MessageCrypt C_EncryptMessage;
    CK_MessageCryptBegin C_EncryptMessageBegin;
    CK_MessageCryptNext C_EncryptMessageNext;
    CK_MessageFinal C_MessageEncryptFinal;
    CK_MessageInit C_MessageDecryptInit;
    CK_MessageCrypt C_DecryptMessage;
    CK_MessageCryptBegin C_DecryptMessageBegin;
    CK_MessageCryptNext C_DecryptMessageNext;
    CK_MessageFinal C_MessageDecryptFinal;
    CK_MessageInit C_MessageSignInit;
    CK_MessageSign C_SignMessage;
    CK_MessageBegin C_SignMessageBegin;
    CK_MessageSign C_SignMessageNext;
    CK_MessageFinal C_MessageSignFinal;
    CK_MessageInit C_MessageVerifyInit;
    CK_MessageVerify C_VerifyMessage;
    CK_MessageBegin C_VerifyMessageBegin;
    CK_MessageVerify C_VerifyMessageNext;
    CK_MessageFinal C_MessageVerifyFinal;
};
static_assert(sizeof(CK_FUNCTION_LIST_3_0) == sizeof(CK_FUNCTION_LIST) + 24 * sizeof(void*));

// C_SessionCancel's flags, version 3.0 table 8.
inline constexpr CK_FLAGS CKF_FIND_OBJECTS = 1UL << 6;
