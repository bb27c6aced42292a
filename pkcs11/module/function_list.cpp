// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The function lists and the C functions that exist before any library does. Versions stand in the same
// constants as the functions they announce. Source: PKCS #11 v3.0 base, 3.6 and 5.4.

#include "pkcs11/module/function_list.hpp"

#include "pkcs11/module/api.hpp"

#include <algorithm>
#include <string_view>

namespace acredita::module {

namespace {

using Mechanism = Required<CK_MECHANISM>;
template <class... P>
constexpr auto missing = &Entry<&api::unsupported<InSession&, P...>>::call;

CK_RV initialize(CK_VOID_PTR arguments) noexcept {
    return guarded(
        [&] { return lifecycle::initialize(static_cast<const CK_C_INITIALIZE_ARGS*>(arguments)); });
}

CK_RV finalize(CK_VOID_PTR reserved) noexcept {
    return guarded([&]() -> Result<void> {
        if (reserved != nullptr) return fail(CKR_ARGUMENTS_BAD);
        return lifecycle::finalize();
    });
}

constexpr void fill_general(CK_FUNCTION_LIST& list) {
    list.C_Initialize = &initialize;
    list.C_Finalize = &finalize;
    list.C_GetInfo = &Entry<&api::get_info>::call;
    list.C_GetFunctionList = &C_GetFunctionList;
    list.C_GetSlotList = &Entry<&api::get_slot_list>::call;
    list.C_GetSlotInfo = &Entry<&api::get_slot_info>::call;
    list.C_GetTokenInfo = &Entry<&api::get_token_info>::call;
    list.C_GetMechanismList = &Entry<&api::get_mechanism_list>::call;
    list.C_GetMechanismInfo = &Entry<&api::get_mechanism_info>::call;
    list.C_InitToken = &Entry<&api::init_token>::call;
    list.C_InitPIN = &Entry<&api::init_pin>::call;
    list.C_SetPIN = &Entry<&api::set_pin>::call;
    list.C_OpenSession = &Entry<&api::open_session>::call;
    list.C_CloseSession = &Entry<&api::close_session>::call;
    list.C_CloseAllSessions = &Entry<&api::close_all_sessions>::call;
    list.C_GetSessionInfo = &Entry<&api::get_session_info>::call;
    list.C_GetOperationState = &Entry<&api::get_operation_state>::call;
    list.C_SetOperationState = &Entry<&api::set_operation_state>::call;
    list.C_Login = &Entry<&api::login>::call;
    list.C_Logout = &Entry<&api::logout>::call;
    list.C_WaitForSlotEvent = &Entry<&api::wait_for_slot_event>::call;
    list.C_GetFunctionStatus = &Entry<&api::not_parallel>::call;
    list.C_CancelFunction = &Entry<&api::not_parallel>::call;
}

constexpr void fill_objects(CK_FUNCTION_LIST& list) {
    list.C_CreateObject = &Entry<&api::create_object>::call;
    list.C_CopyObject = &Entry<&api::copy_object>::call;
    list.C_DestroyObject = &Entry<&api::destroy_object>::call;
    list.C_GetObjectSize = &Entry<&api::get_object_size>::call;
    list.C_GetAttributeValue = &Entry<&api::get_attribute_value>::call;
    list.C_SetAttributeValue = &Entry<&api::set_attribute_value>::call;
    list.C_FindObjectsInit = &Entry<&api::find_objects_init>::call;
    list.C_FindObjects = &Entry<&api::find_objects>::call;
    list.C_FindObjectsFinal = &Entry<&api::find_objects_final>::call;
}

constexpr void fill_cryptography(CK_FUNCTION_LIST& list) {
    list.C_EncryptInit = &Entry<&api::encrypt_init>::call;
    list.C_Encrypt = &Entry<&api::encrypt>::call;
    list.C_EncryptUpdate = &Entry<&api::encrypt_update>::call;
    list.C_EncryptFinal = &Entry<&api::encrypt_final>::call;
    list.C_DecryptInit = &Entry<&api::decrypt_init>::call;
    list.C_Decrypt = &Entry<&api::decrypt>::call;
    list.C_DecryptUpdate = &Entry<&api::decrypt_update>::call;
    list.C_DecryptFinal = &Entry<&api::decrypt_final>::call;
    list.C_DigestInit = &Entry<&api::digest_init>::call;
    list.C_Digest = &Entry<&api::digest>::call;
    list.C_DigestUpdate = &Entry<&api::digest_update>::call;
    list.C_DigestKey = &Entry<&api::digest_key>::call;
    list.C_DigestFinal = &Entry<&api::digest_final>::call;
    list.C_SignInit = &Entry<&api::sign_init>::call;
    list.C_Sign = &Entry<&api::sign>::call;
    list.C_SignUpdate = &Entry<&api::sign_update>::call;
    list.C_SignFinal = &Entry<&api::sign_final>::call;
    list.C_SignRecoverInit = &Entry<&api::sign_recover_init>::call;
    list.C_SignRecover = &Entry<&api::sign_recover>::call;
    list.C_VerifyInit = &Entry<&api::verify_init>::call;
    list.C_Verify = &Entry<&api::verify>::call;
    list.C_VerifyUpdate = &Entry<&api::verify_update>::call;
    list.C_VerifyFinal = &Entry<&api::verify_final>::call;
    list.C_VerifyRecoverInit = &Entry<&api::verify_recover_init>::call;
    list.C_VerifyRecover = &Entry<&api::verify_recover>::call;
    list.C_DigestEncryptUpdate = missing<Input, Output>;
    list.C_DecryptDigestUpdate = missing<Input, Output>;
    list.C_SignEncryptUpdate = missing<Input, Output>;
    list.C_DecryptVerifyUpdate = missing<Input, Output>;
}

constexpr void fill_keys(CK_FUNCTION_LIST& list) {
    list.C_GenerateKey = missing<Mechanism, Template, Required<CK_OBJECT_HANDLE>>;
    list.C_GenerateKeyPair = &Entry<&api::generate_key_pair>::call;
    list.C_WrapKey = missing<Mechanism, CK_OBJECT_HANDLE, CK_OBJECT_HANDLE, Output>;
    list.C_UnwrapKey = missing<Mechanism, CK_OBJECT_HANDLE, Input, Template, Required<CK_OBJECT_HANDLE>>;
    list.C_DeriveKey = &Entry<&api::derive_key>::call;
    list.C_SeedRandom = &Entry<&api::seed_random>::call;
    list.C_GenerateRandom = &Entry<&api::generate_random>::call;
}

constexpr CK_FUNCTION_LIST make_list(CK_VERSION version) {
    CK_FUNCTION_LIST list{};
    list.version = version;
    fill_general(list);
    fill_objects(list);
    fill_cryptography(list);
    fill_keys(list);
    return list;
}

constexpr CK_FUNCTION_LIST_3_0 make_list_3() {
    CK_FUNCTION_LIST_3_0 list{};
    list.v2 = make_list({3, 0});
    list.C_GetInterfaceList = &C_GetInterfaceList;
    list.C_GetInterface = &C_GetInterface;
    list.C_LoginUser = &Entry<&api::login_user>::call;
    list.C_SessionCancel = &Entry<&api::session_cancel>::call;
    constexpr auto init = missing<Mechanism, CK_OBJECT_HANDLE>;
    constexpr auto final = missing<>;
    for (auto* each : {&list.C_MessageEncryptInit, &list.C_MessageDecryptInit, &list.C_MessageSignInit,
                       &list.C_MessageVerifyInit})
        *each = init;
    for (auto* each : {&list.C_MessageEncryptFinal, &list.C_MessageDecryptFinal, &list.C_MessageSignFinal,
                       &list.C_MessageVerifyFinal})
        *each = final;
    for (auto* each : {&list.C_EncryptMessage, &list.C_DecryptMessage})
        *each = missing<CK_VOID_PTR, CK_ULONG, Input, Input, Output>;
    for (auto* each : {&list.C_EncryptMessageBegin, &list.C_DecryptMessageBegin})
        *each = missing<CK_VOID_PTR, CK_ULONG, Input>;
    for (auto* each : {&list.C_EncryptMessageNext, &list.C_DecryptMessageNext})
        *each = missing<CK_VOID_PTR, CK_ULONG, Input, Output, CK_FLAGS>;
    // The length pointer may be NULL while a message goes on, so these check nothing of it.
    for (auto* each : {&list.C_SignMessage, &list.C_SignMessageNext})
        *each = missing<CK_VOID_PTR, CK_ULONG, Input, CK_BYTE_PTR, CK_ULONG_PTR>;
    for (auto* each : {&list.C_SignMessageBegin, &list.C_VerifyMessageBegin})
        *each = missing<CK_VOID_PTR, CK_ULONG>;
    for (auto* each : {&list.C_VerifyMessage, &list.C_VerifyMessageNext})
        *each = missing<CK_VOID_PTR, CK_ULONG, Input, Input>;
    return list;
}

} // namespace

constinit CK_FUNCTION_LIST list_2_40 = make_list({2, 40});
constinit CK_FUNCTION_LIST_3_0 list_3_0 = make_list_3();

namespace {

constinit CK_ACREDITA_FUNCTION_LIST vendor_list{{1, 1},
                                                &Entry<&api::verify_pin>::call,
                                                &Entry<&api::sign_unverified>::call,
                                                &Entry<&api::unblock_pin>::call,
                                                &Entry<&api::change_puk>::call};

CK_UTF8CHAR standard_name[] = "PKCS 11";
CK_UTF8CHAR vendor_name[] = ACREDITA_INTERFACE_NAME;

constinit CK_INTERFACE interfaces[] = {
    {standard_name, &list_3_0, 0},
    {standard_name, &list_2_40, 0},
};
constinit CK_INTERFACE vendor_interface{vendor_name, &vendor_list, 0};

CK_VERSION version_of(const CK_INTERFACE& interface) {
    return *static_cast<const CK_VERSION*>(interface.pFunctionList);
}

bool fits(const CK_INTERFACE& interface, std::string_view name, const CK_VERSION* version) {
    const auto its = version_of(interface);
    return name == reinterpret_cast<const char*>(interface.pInterfaceName) &&
           (version == nullptr || (version->major == its.major && version->minor == its.minor));
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR to) {
    if (to == nullptr) return CKR_ARGUMENTS_BAD;
    *to = &list_2_40;
    return CKR_OK;
}

__attribute__((visibility("default"))) CK_RV C_GetInterfaceList(CK_INTERFACE* list, CK_ULONG_PTR count) {
    if (count == nullptr) return CKR_ARGUMENTS_BAD;
    const auto room = *count;
    *count = std::size(interfaces);
    if (list == nullptr) return CKR_OK;
    if (room < std::size(interfaces)) return CKR_BUFFER_TOO_SMALL;
    std::ranges::copy(interfaces, list);
    return CKR_OK;
}

// Every function of ours is safe after a fork in the sense of 5.4.6: the child is told to initialise.
__attribute__((visibility("default"))) CK_RV C_GetInterface(CK_UTF8CHAR_PTR name, CK_VERSION_PTR version,
                                                            CK_INTERFACE** to, CK_FLAGS flags) {
    if (to == nullptr || flags != 0) return CKR_ARGUMENTS_BAD;
    const std::string_view wanted = name == nullptr ? "PKCS 11" : reinterpret_cast<const char*>(name);
    for (auto& interface : interfaces)
        if (fits(interface, wanted, version)) {
            *to = &interface;
            return CKR_OK;
        }
    // Functions are only added at its end, so whoever wants an older list is served by this one.
    const bool older = version != nullptr && version->major == vendor_list.version.major &&
                       version->minor <= vendor_list.version.minor;
    if (!fits(vendor_interface, wanted, older ? nullptr : version)) return CKR_ARGUMENTS_BAD;
    *to = &vendor_interface;
    return CKR_OK;
}
}

} // namespace acredita::module
