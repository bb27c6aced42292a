// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/pkcs11/module/every_function.hpp"

#include "pkcs11/module/function_list.hpp"

namespace acredita::test {

namespace {

// Each argument goes in as a number; a pointer is made of it where the function wants one.
template <class T>
T as(unsigned long value) {
    if constexpr (std::is_pointer_v<T>)
        return reinterpret_cast<T>(value);
    else
        return static_cast<T>(value);
}

template <class... A>
std::function<CK_RV(const Arguments&)> by_numbers(CK_RV (*function)(A...)) {
    return [function](const Arguments& arguments) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return function(as<A>(arguments.at(I))...);
        }
        (std::index_sequence_for<A...>{});
    };
}

} // namespace

#define OLD(name, shape)                                                                                     \
    { #name, shape, by_numbers(module::list_2_40.name) }
#define NEW(name, shape)                                                                                     \
    { #name, shape, by_numbers(module::list_3_0.name) }
#define MESSAGE(name, shape)                                                                                 \
    { #name, shape, by_numbers(module::list_3_0.name), true }

const std::vector<Function>& every_function() {
    static const auto* all = new std::vector<Function>{
        OLD(C_GetInfo, "r"),
        OLD(C_GetSlotList, "vl"),
        OLD(C_GetSlotInfo, "ir"),
        OLD(C_GetTokenInfo, "ir"),
        OLD(C_WaitForSlotEvent, "vrn"),
        OLD(C_GetMechanismList, "il"),
        OLD(C_GetMechanismInfo, "ivr"),
        OLD(C_InitToken, "idr"),
        OLD(C_InitPIN, "sd"),
        OLD(C_SetPIN, "sdd"),
        OLD(C_OpenSession, "ivnnr"),
        OLD(C_CloseSession, "s"),
        OLD(C_CloseAllSessions, "i"),
        OLD(C_GetSessionInfo, "sr"),
        OLD(C_GetOperationState, "so"),
        OLD(C_SetOperationState, "sdhh"),
        OLD(C_Login, "svd"),
        OLD(C_Logout, "s"),
        OLD(C_CreateObject, "str"),
        OLD(C_CopyObject, "shtr"),
        OLD(C_DestroyObject, "sh"),
        OLD(C_GetObjectSize, "shr"),
        OLD(C_GetAttributeValue, "shw"),
        OLD(C_SetAttributeValue, "sht"),
        OLD(C_FindObjectsInit, "st"),
        OLD(C_FindObjects, "sfr"),
        OLD(C_FindObjectsFinal, "s"),
        OLD(C_EncryptInit, "smh"),
        OLD(C_Encrypt, "sdo"),
        OLD(C_EncryptUpdate, "sdo"),
        OLD(C_EncryptFinal, "so"),
        OLD(C_DecryptInit, "smh"),
        OLD(C_Decrypt, "sdo"),
        OLD(C_DecryptUpdate, "sdo"),
        OLD(C_DecryptFinal, "so"),
        OLD(C_DigestInit, "sm"),
        OLD(C_Digest, "sdo"),
        OLD(C_DigestUpdate, "sd"),
        OLD(C_DigestKey, "sh"),
        OLD(C_DigestFinal, "so"),
        OLD(C_SignInit, "smh"),
        OLD(C_Sign, "sdo"),
        OLD(C_SignUpdate, "sd"),
        OLD(C_SignFinal, "so"),
        OLD(C_SignRecoverInit, "smh"),
        OLD(C_SignRecover, "sdo"),
        OLD(C_VerifyInit, "smh"),
        OLD(C_Verify, "sdd"),
        OLD(C_VerifyUpdate, "sd"),
        OLD(C_VerifyFinal, "sd"),
        OLD(C_VerifyRecoverInit, "smh"),
        OLD(C_VerifyRecover, "sdo"),
        OLD(C_DigestEncryptUpdate, "sdo"),
        OLD(C_DecryptDigestUpdate, "sdo"),
        OLD(C_SignEncryptUpdate, "sdo"),
        OLD(C_DecryptVerifyUpdate, "sdo"),
        OLD(C_GenerateKey, "smtr"),
        OLD(C_GenerateKeyPair, "smttrr"),
        OLD(C_WrapKey, "smhho"),
        OLD(C_UnwrapKey, "smhdtr"),
        OLD(C_DeriveKey, "smhtr"),
        OLD(C_SeedRandom, "sd"),
        OLD(C_GenerateRandom, "sd"),
        OLD(C_GetFunctionStatus, "s"),
        OLD(C_CancelFunction, "s"),
        NEW(C_LoginUser, "svdd"),
        NEW(C_SessionCancel, "sv"),
        MESSAGE(C_MessageEncryptInit, "smh"),
        MESSAGE(C_EncryptMessage, "snvddo"),
        MESSAGE(C_EncryptMessageBegin, "snvd"),
        MESSAGE(C_EncryptMessageNext, "snvdov"),
        MESSAGE(C_MessageEncryptFinal, "s"),
        MESSAGE(C_MessageDecryptInit, "smh"),
        MESSAGE(C_DecryptMessage, "snvddo"),
        MESSAGE(C_DecryptMessageBegin, "snvd"),
        MESSAGE(C_DecryptMessageNext, "snvdov"),
        MESSAGE(C_MessageDecryptFinal, "s"),
        MESSAGE(C_MessageSignInit, "smh"),
        MESSAGE(C_SignMessage, "snvdnn"),
        MESSAGE(C_SignMessageBegin, "snv"),
        MESSAGE(C_SignMessageNext, "snvdnn"),
        MESSAGE(C_MessageSignFinal, "s"),
        MESSAGE(C_MessageVerifyInit, "smh"),
        MESSAGE(C_VerifyMessage, "snvdd"),
        MESSAGE(C_VerifyMessageBegin, "snv"),
        MESSAGE(C_VerifyMessageNext, "snvdd"),
        MESSAGE(C_MessageVerifyFinal, "s"),
    };
    return *all;
}

} // namespace acredita::test
