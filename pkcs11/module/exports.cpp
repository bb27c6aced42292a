// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every function of the lists by its own name, for the rare program that looks functions up one by one. Each
// passes its arguments on to the list; what it does stands there.

#include "pkcs11/module/function_list.hpp"

#include <utility>

namespace acredita::module {

namespace {

// The C function behind one member of a list, with the member's own type.
template <auto Member, class... A>
CK_RV pass_on(A... arguments) {
    if constexpr (requires { list_2_40.*Member; })
        return (list_2_40.*Member)(arguments...);
    else
        return (list_3_0.*Member)(arguments...);
}

} // namespace

#define OLD(name) pass_on<&CK_FUNCTION_LIST::name>
#define NEW(name) pass_on<&CK_FUNCTION_LIST_3_0::name>

extern "C" {
#pragma GCC visibility push(default)
CK_RV C_Initialize(void* a) { return OLD(C_Initialize)(a); }
CK_RV C_Finalize(void* a) { return OLD(C_Finalize)(a); }
CK_RV C_GetInfo(CK_INFO* a) { return OLD(C_GetInfo)(a); }
CK_RV C_GetSlotList(CK_BYTE a, CK_SLOT_ID* b, CK_ULONG* c) { return OLD(C_GetSlotList)(a, b, c); }
CK_RV C_GetSlotInfo(CK_SLOT_ID a, CK_SLOT_INFO* b) { return OLD(C_GetSlotInfo)(a, b); }
CK_RV C_GetTokenInfo(CK_SLOT_ID a, CK_TOKEN_INFO* b) { return OLD(C_GetTokenInfo)(a, b); }
CK_RV C_GetMechanismList(CK_SLOT_ID a, CK_MECHANISM_TYPE* b, CK_ULONG* c) {
    return OLD(C_GetMechanismList)(a, b, c);
}
CK_RV C_GetMechanismInfo(CK_SLOT_ID a, CK_MECHANISM_TYPE b, CK_MECHANISM_INFO* c) {
    return OLD(C_GetMechanismInfo)(a, b, c);
}
CK_RV C_InitToken(CK_SLOT_ID a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d) { return OLD(C_InitToken)(a, b, c, d); }
CK_RV C_InitPIN(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_InitPIN)(a, b, c); }
CK_RV C_SetPIN(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e) {
    return OLD(C_SetPIN)(a, b, c, d, e);
}
CK_RV C_OpenSession(CK_SLOT_ID a, CK_FLAGS b, void* c, CK_NOTIFY d, CK_SESSION_HANDLE* e) {
    return OLD(C_OpenSession)(a, b, c, d, e);
}
CK_RV C_CloseSession(CK_SESSION_HANDLE a) { return OLD(C_CloseSession)(a); }
CK_RV C_CloseAllSessions(CK_SLOT_ID a) { return OLD(C_CloseAllSessions)(a); }
CK_RV C_GetSessionInfo(CK_SESSION_HANDLE a, CK_SESSION_INFO* b) { return OLD(C_GetSessionInfo)(a, b); }
CK_RV C_GetOperationState(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG* c) {
    return OLD(C_GetOperationState)(a, b, c);
}
CK_RV C_SetOperationState(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_OBJECT_HANDLE d,
                          CK_OBJECT_HANDLE e) {
    return OLD(C_SetOperationState)(a, b, c, d, e);
}
CK_RV C_Login(CK_SESSION_HANDLE a, CK_USER_TYPE b, CK_BYTE* c, CK_ULONG d) {
    return OLD(C_Login)(a, b, c, d);
}
CK_RV C_Logout(CK_SESSION_HANDLE a) { return OLD(C_Logout)(a); }
CK_RV C_CreateObject(CK_SESSION_HANDLE a, CK_ATTRIBUTE* b, CK_ULONG c, CK_OBJECT_HANDLE* d) {
    return OLD(C_CreateObject)(a, b, c, d);
}
CK_RV C_CopyObject(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b, CK_ATTRIBUTE* c, CK_ULONG d,
                   CK_OBJECT_HANDLE* e) {
    return OLD(C_CopyObject)(a, b, c, d, e);
}
CK_RV C_DestroyObject(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b) { return OLD(C_DestroyObject)(a, b); }
CK_RV C_GetObjectSize(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b, CK_ULONG* c) {
    return OLD(C_GetObjectSize)(a, b, c);
}
CK_RV C_GetAttributeValue(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b, CK_ATTRIBUTE* c, CK_ULONG d) {
    return OLD(C_GetAttributeValue)(a, b, c, d);
}
CK_RV C_SetAttributeValue(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b, CK_ATTRIBUTE* c, CK_ULONG d) {
    return OLD(C_SetAttributeValue)(a, b, c, d);
}
CK_RV C_FindObjectsInit(CK_SESSION_HANDLE a, CK_ATTRIBUTE* b, CK_ULONG c) {
    return OLD(C_FindObjectsInit)(a, b, c);
}
CK_RV C_FindObjects(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE* b, CK_ULONG c, CK_ULONG* d) {
    return OLD(C_FindObjects)(a, b, c, d);
}
CK_RV C_FindObjectsFinal(CK_SESSION_HANDLE a) { return OLD(C_FindObjectsFinal)(a); }
CK_RV C_EncryptInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_EncryptInit)(a, b, c);
}
CK_RV C_Encrypt(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_Encrypt)(a, b, c, d, e);
}
CK_RV C_EncryptUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_EncryptUpdate)(a, b, c, d, e);
}
CK_RV C_EncryptFinal(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG* c) { return OLD(C_EncryptFinal)(a, b, c); }
CK_RV C_DecryptInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_DecryptInit)(a, b, c);
}
CK_RV C_Decrypt(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_Decrypt)(a, b, c, d, e);
}
CK_RV C_DecryptUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_DecryptUpdate)(a, b, c, d, e);
}
CK_RV C_DecryptFinal(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG* c) { return OLD(C_DecryptFinal)(a, b, c); }
CK_RV C_DigestInit(CK_SESSION_HANDLE a, CK_MECHANISM* b) { return OLD(C_DigestInit)(a, b); }
CK_RV C_Digest(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_Digest)(a, b, c, d, e);
}
CK_RV C_DigestUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_DigestUpdate)(a, b, c); }
CK_RV C_DigestKey(CK_SESSION_HANDLE a, CK_OBJECT_HANDLE b) { return OLD(C_DigestKey)(a, b); }
CK_RV C_DigestFinal(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG* c) { return OLD(C_DigestFinal)(a, b, c); }
CK_RV C_SignInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_SignInit)(a, b, c);
}
CK_RV C_Sign(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_Sign)(a, b, c, d, e);
}
CK_RV C_SignUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_SignUpdate)(a, b, c); }
CK_RV C_SignFinal(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG* c) { return OLD(C_SignFinal)(a, b, c); }
CK_RV C_SignRecoverInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_SignRecoverInit)(a, b, c);
}
CK_RV C_SignRecover(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_SignRecover)(a, b, c, d, e);
}
CK_RV C_VerifyInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_VerifyInit)(a, b, c);
}
CK_RV C_Verify(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e) {
    return OLD(C_Verify)(a, b, c, d, e);
}
CK_RV C_VerifyUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_VerifyUpdate)(a, b, c); }
CK_RV C_VerifyFinal(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_VerifyFinal)(a, b, c); }
CK_RV C_VerifyRecoverInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return OLD(C_VerifyRecoverInit)(a, b, c);
}
CK_RV C_VerifyRecover(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_VerifyRecover)(a, b, c, d, e);
}
CK_RV C_DigestEncryptUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_DigestEncryptUpdate)(a, b, c, d, e);
}
CK_RV C_DecryptDigestUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_DecryptDigestUpdate)(a, b, c, d, e);
}
CK_RV C_SignEncryptUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_SignEncryptUpdate)(a, b, c, d, e);
}
CK_RV C_DecryptVerifyUpdate(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c, CK_BYTE* d, CK_ULONG* e) {
    return OLD(C_DecryptVerifyUpdate)(a, b, c, d, e);
}
CK_RV C_GenerateKey(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_ATTRIBUTE* c, CK_ULONG d, CK_OBJECT_HANDLE* e) {
    return OLD(C_GenerateKey)(a, b, c, d, e);
}
CK_RV C_GenerateKeyPair(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_ATTRIBUTE* c, CK_ULONG d, CK_ATTRIBUTE* e,
                        CK_ULONG f, CK_OBJECT_HANDLE* g, CK_OBJECT_HANDLE* h) {
    return OLD(C_GenerateKeyPair)(a, b, c, d, e, f, g, h);
}
CK_RV C_WrapKey(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c, CK_OBJECT_HANDLE d, CK_BYTE* e,
                CK_ULONG* f) {
    return OLD(C_WrapKey)(a, b, c, d, e, f);
}
CK_RV C_UnwrapKey(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c, CK_BYTE* d, CK_ULONG e,
                  CK_ATTRIBUTE* f, CK_ULONG g, CK_OBJECT_HANDLE* h) {
    return OLD(C_UnwrapKey)(a, b, c, d, e, f, g, h);
}
CK_RV C_DeriveKey(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c, CK_ATTRIBUTE* d, CK_ULONG e,
                  CK_OBJECT_HANDLE* f) {
    return OLD(C_DeriveKey)(a, b, c, d, e, f);
}
CK_RV C_SeedRandom(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_SeedRandom)(a, b, c); }
CK_RV C_GenerateRandom(CK_SESSION_HANDLE a, CK_BYTE* b, CK_ULONG c) { return OLD(C_GenerateRandom)(a, b, c); }
CK_RV C_GetFunctionStatus(CK_SESSION_HANDLE a) { return OLD(C_GetFunctionStatus)(a); }
CK_RV C_CancelFunction(CK_SESSION_HANDLE a) { return OLD(C_CancelFunction)(a); }
CK_RV C_WaitForSlotEvent(CK_FLAGS a, CK_SLOT_ID* b, void* c) { return OLD(C_WaitForSlotEvent)(a, b, c); }

CK_RV C_LoginUser(CK_SESSION_HANDLE a, CK_ULONG b, CK_BYTE* c, CK_ULONG d, CK_BYTE* e, CK_ULONG f) {
    return NEW(C_LoginUser)(a, b, c, d, e, f);
}
CK_RV C_SessionCancel(CK_SESSION_HANDLE a, CK_FLAGS b) { return NEW(C_SessionCancel)(a, b); }
CK_RV C_MessageEncryptInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return NEW(C_MessageEncryptInit)(a, b, c);
}
CK_RV C_EncryptMessage(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                       CK_ULONG g, CK_BYTE* h, CK_ULONG* i) {
    return NEW(C_EncryptMessage)(a, b, c, d, e, f, g, h, i);
}
CK_RV C_EncryptMessageBegin(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e) {
    return NEW(C_EncryptMessageBegin)(a, b, c, d, e);
}
CK_RV C_EncryptMessageNext(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                           CK_ULONG* g, CK_FLAGS h) {
    return NEW(C_EncryptMessageNext)(a, b, c, d, e, f, g, h);
}
CK_RV C_MessageEncryptFinal(CK_SESSION_HANDLE a) { return NEW(C_MessageEncryptFinal)(a); }
CK_RV C_MessageDecryptInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return NEW(C_MessageDecryptInit)(a, b, c);
}
CK_RV C_DecryptMessage(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                       CK_ULONG g, CK_BYTE* h, CK_ULONG* i) {
    return NEW(C_DecryptMessage)(a, b, c, d, e, f, g, h, i);
}
CK_RV C_DecryptMessageBegin(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e) {
    return NEW(C_DecryptMessageBegin)(a, b, c, d, e);
}
CK_RV C_DecryptMessageNext(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                           CK_ULONG* g, CK_FLAGS h) {
    return NEW(C_DecryptMessageNext)(a, b, c, d, e, f, g, h);
}
CK_RV C_MessageDecryptFinal(CK_SESSION_HANDLE a) { return NEW(C_MessageDecryptFinal)(a); }
CK_RV C_MessageSignInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return NEW(C_MessageSignInit)(a, b, c);
}
CK_RV C_SignMessage(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                    CK_ULONG* g) {
    return NEW(C_SignMessage)(a, b, c, d, e, f, g);
}
CK_RV C_SignMessageBegin(CK_SESSION_HANDLE a, void* b, CK_ULONG c) {
    return NEW(C_SignMessageBegin)(a, b, c);
}
CK_RV C_SignMessageNext(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                        CK_ULONG* g) {
    return NEW(C_SignMessageNext)(a, b, c, d, e, f, g);
}
CK_RV C_MessageSignFinal(CK_SESSION_HANDLE a) { return NEW(C_MessageSignFinal)(a); }
CK_RV C_MessageVerifyInit(CK_SESSION_HANDLE a, CK_MECHANISM* b, CK_OBJECT_HANDLE c) {
    return NEW(C_MessageVerifyInit)(a, b, c);
}
CK_RV C_VerifyMessage(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                      CK_ULONG g) {
    return NEW(C_VerifyMessage)(a, b, c, d, e, f, g);
}
CK_RV C_VerifyMessageBegin(CK_SESSION_HANDLE a, void* b, CK_ULONG c) {
    return NEW(C_VerifyMessageBegin)(a, b, c);
}
CK_RV C_VerifyMessageNext(CK_SESSION_HANDLE a, void* b, CK_ULONG c, CK_BYTE* d, CK_ULONG e, CK_BYTE* f,
                          CK_ULONG g) {
    return NEW(C_VerifyMessageNext)(a, b, c, d, e, f, g);
}
CK_RV C_MessageVerifyFinal(CK_SESSION_HANDLE a) { return NEW(C_MessageVerifyFinal)(a); }

#pragma GCC visibility pop
}

} // namespace acredita::module
