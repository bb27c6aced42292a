// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PKCS#11 module that says what no honest one says, a lie a slot, and knows our vendor interface on slot 4.
// Only what the client calls is there.
#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

// Ours needs the types of the standard before it.
// clang-format off
#include <p11-kit/pkcs11.h>
#include "pkcs11/extensions.h"
// clang-format on

namespace {

enum Lie : CK_SLOT_ID {
    endless_objects = 1,
    huge_attribute = 2,
    growing_attribute = 3,
    vendor_card = 4,
    unknown_code = 5
};

CK_ULONG found_so_far = 0;

CK_RV initialise(void*) { return CKR_OK; }
CK_RV finalise(void*) { return CKR_OK; }
CK_RV slot_list(CK_BBOOL, CK_SLOT_ID* ids, CK_ULONG* count) {
    if (ids == nullptr) {
        *count = 1;
        return CKR_OK;
    }
    *count = 1000; // more than there is room for
    return CKR_OK;
}
CK_RV token_info(CK_SLOT_ID, CK_TOKEN_INFO* info) {
    std::memset(info, ' ', sizeof *info);
    info->flags = CKF_USER_PIN_FINAL_TRY | CKF_PROTECTED_AUTHENTICATION_PATH;
    return CKR_OK;
}
// The session's handle is the slot's number, so that each call knows its lie.
CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* session) {
    *session = slot;
    found_so_far = 0;
    return slot == unknown_code ? (CKR_VENDOR_DEFINED | 0xBEEFUL) : CKR_OK;
}
CK_RV close_session(CK_SESSION_HANDLE) { return CKR_OK; }
CK_RV session_info(CK_SESSION_HANDLE, CK_SESSION_INFO* info) {
    *info = {};
    return CKR_OK;
}
CK_RV find_init(CK_SESSION_HANDLE, CK_ATTRIBUTE*, CK_ULONG) {
    found_so_far = 0;
    return CKR_OK;
}
CK_RV find(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE* objects, CK_ULONG most, CK_ULONG* count) {
    const bool one_only = session != endless_objects;
    *count = one_only ? std::min<CK_ULONG>(1 - found_so_far, 1) : most;
    for (CK_ULONG i = 0; i < *count; ++i) objects[i] = 1 + found_so_far++;
    return CKR_OK;
}
CK_RV find_final(CK_SESSION_HANDLE) { return CKR_OK; }

template <class T>
std::vector<CK_BYTE> bytes(T value) {
    std::vector<CK_BYTE> out(sizeof value);
    std::memcpy(out.data(), &value, sizeof value);
    return out;
}

CK_RV card_value(CK_ATTRIBUTE& asked) {
    std::vector<CK_BYTE> value;
    switch (asked.type) {
    case CKA_ACREDITA_PIN_TRIES_LEFT:
        value = bytes(CK_ULONG{2});
        break;
    case CKA_ACREDITA_PIN_TRIES_TOTAL:
        value = {3};
        break; // a CK_ULONG of one byte
    case CKA_ACREDITA_CAN_IMPORT:
        value = bytes(CK_BBOOL{CK_TRUE});
        break;
    case CKA_ACREDITA_STORE_ROLE:
        value = bytes(CK_ULONG{CKU_SO});
        break;
    case CKA_ACREDITA_IMPORTABLE:
        value = bytes(std::pair<CK_ULONG, CK_ULONG>{CKK_EC, 384});
        break;
    case CKA_ACREDITA_DESTINATION:
        value = {0x82};
        break;
    case CKA_ACREDITA_HOLDS_CERTIFICATE:
        break;
    case CKA_ACREDITA_HOLDS_KEY:
        value = bytes(CK_BBOOL{CK_FALSE});
        break;
    case CKA_ACREDITA_READER:
        value = {'R', '1'};
        break;
    default:
        asked.ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    asked.ulValueLen = value.size();
    if (asked.pValue != nullptr) std::copy(value.begin(), value.end(), static_cast<CK_BYTE*>(asked.pValue));
    return CKR_OK;
}

CK_RV attribute(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE, CK_ATTRIBUTE* asked, CK_ULONG) {
    if (session == vendor_card) return card_value(*asked);
    if (session == growing_attribute)
        asked->ulValueLen = asked->pValue == nullptr ? 4 : 4096;
    else
        asked->ulValueLen = 1UL << 40;
    return CKR_OK;
}

CK_RV verify_pin(CK_SESSION_HANDLE, CK_UTF8CHAR* pin, CK_ULONG length) {
    return std::string_view(reinterpret_cast<const char*>(pin), length) == "123456" ? CKR_OK
                                                                                    : CKR_PIN_INCORRECT;
}
CK_RV sign_unverified(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, CK_ULONG* word) {
    *word = 0x6982;
    return CKR_OK;
}

CK_RV unblock_pin(CK_SESSION_HANDLE, CK_UTF8CHAR* puk, CK_ULONG length, CK_UTF8CHAR*, CK_ULONG) {
    return std::string_view(reinterpret_cast<const char*>(puk), length) == "12345678" ? CKR_OK
                                                                                      : CKR_PIN_INCORRECT;
}

CK_RV change_puk(CK_SESSION_HANDLE, CK_UTF8CHAR*, CK_ULONG, CK_UTF8CHAR*, CK_ULONG) {
    return CKR_FUNCTION_NOT_SUPPORTED;
}

CK_FUNCTION_LIST make_list() {
    CK_FUNCTION_LIST list{};
    list.version = {2, 40};
    list.C_Initialize = initialise;
    list.C_Finalize = finalise;
    list.C_GetSlotList = slot_list;
    list.C_GetTokenInfo = token_info;
    list.C_OpenSession = open_session;
    list.C_CloseSession = close_session;
    list.C_GetSessionInfo = session_info;
    list.C_FindObjectsInit = find_init;
    list.C_FindObjects = find;
    list.C_FindObjectsFinal = find_final;
    list.C_GetAttributeValue = attribute;
    return list;
}

CK_FUNCTION_LIST functions = make_list();
CK_ACREDITA_FUNCTION_LIST vendor{{1, 1}, verify_pin, sign_unverified, unblock_pin, change_puk};
struct {
    CK_UTF8CHAR* name;
    void* functions;
    CK_FLAGS flags;
} interface {
    nullptr, &vendor, 0
};

} // namespace

extern "C" {
__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    *list = &functions;
    return CKR_OK;
}
__attribute__((visibility("default"))) CK_RV C_GetInterface(CK_UTF8CHAR* name, CK_VERSION*, void** found,
                                                            CK_FLAGS) {
    if (std::string_view(reinterpret_cast<const char*>(name)) != ACREDITA_INTERFACE_NAME)
        return CKR_ARGUMENTS_BAD;
    *found = &interface;
    return CKR_OK;
}
}
