// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What each C_ function does, one api_*.cpp for a chapter of the standard; entry.hpp makes C functions of
// them. The first parameter says what must exist, the others are checked arguments. Source: PKCS #11 v2.40
// base, 5.4-5.16.
#pragma once

#include "pkcs11/module/entry.hpp"

namespace acredita::module::api {

// A function that no card of ours has any use for: unsupported, but only after everything else has been
// checked.
template <class S, class... P>
Result<void> unsupported(S, P...) {
    return fail(CKR_FUNCTION_NOT_SUPPORTED);
}

// 5.4 general purpose
Result<void> get_info(Library&, Required<CK_INFO> to);

// 5.5 slots and tokens
Result<void> get_slot_list(Library&, CK_BBOOL with_token, CK_SLOT_ID_PTR list, Required<CK_ULONG> count);
Result<void> get_slot_info(AtSlot&, Required<CK_SLOT_INFO> to);
Result<void> get_token_info(AtSlot&, Required<CK_TOKEN_INFO> to);
Result<void> wait_for_slot_event(Library&, CK_FLAGS flags, Required<CK_SLOT_ID> to, CK_VOID_PTR reserved);
Result<void> get_mechanism_list(AtSlot&, CK_MECHANISM_TYPE_PTR list, Required<CK_ULONG> count);
Result<void> get_mechanism_info(AtSlot&, CK_MECHANISM_TYPE type, Required<CK_MECHANISM_INFO> to);
Result<void> init_token(AtSlot&, Input pin, Required<CK_UTF8CHAR> label);
Result<void> init_pin(InSession&, Input pin);
Result<void> set_pin(InSession&, Input old_pin, Input new_pin);

// 5.6 sessions
Result<void> open_session(AtSlot&, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                          Required<CK_SESSION_HANDLE> to);
Result<void> close_session(Library&, CK_SESSION_HANDLE handle);
Result<void> close_all_sessions(AtSlot&);
Result<void> get_session_info(SessionView&, Required<CK_SESSION_INFO> to);
Result<void> get_operation_state(InSession&, Output to);
Result<void> set_operation_state(InSession&, Input state, CK_OBJECT_HANDLE encryption_key,
                                 CK_OBJECT_HANDLE authentication_key);
Result<void> login(InSession&, CK_USER_TYPE user, Input pin);
Result<void> login_user(InSession&, CK_USER_TYPE user, Input pin, Input name);
Result<void> logout(InSession&);
Result<void> session_cancel(InSession&, CK_FLAGS flags);

// 5.7 objects
Result<void> create_object(InSession&, Template given, Required<CK_OBJECT_HANDLE> to);
Result<void> copy_object(InSession&, CK_OBJECT_HANDLE object, Template given, Required<CK_OBJECT_HANDLE> to);
Result<void> destroy_object(InSession&, CK_OBJECT_HANDLE object);
Result<void> get_object_size(InSession&, CK_OBJECT_HANDLE object, Required<CK_ULONG> to);
Result<void> get_attribute_value(InSession&, CK_OBJECT_HANDLE object, Wanted wanted);
Result<void> set_attribute_value(InSession&, CK_OBJECT_HANDLE object, Template given);
Result<void> find_objects_init(InSession&, Template wanted);
Result<void> find_objects(InSession&, Room to, Required<CK_ULONG> count);
Result<void> find_objects_final(InSession&);

// 5.8 encryption
Result<void> encrypt_init(Starting<Encrypting>&, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key);
Result<void> encrypt(During<Encrypting>&, Input data, Output to);
Result<void> encrypt_update(During<Encrypting>&, Input data, Output to);
Result<void> encrypt_final(During<Encrypting>&, Output to);

// 5.9 decryption
Result<void> decrypt_init(Starting<Decrypting>&, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key);
Result<void> decrypt(During<Decrypting>&, Input data, Output to);
Result<void> decrypt_update(During<Decrypting>&, Input data, Output to);
Result<void> decrypt_final(During<Decrypting>&, Output to);

// 5.10 digests
Result<void> digest_init(Starting<Digesting>&, Required<CK_MECHANISM> mechanism);
Result<void> digest(During<Digesting>&, Input data, Output to);
Result<void> digest_update(During<Digesting>&, Input data);
Result<void> digest_key(During<Digesting>&, CK_OBJECT_HANDLE key);
Result<void> digest_final(During<Digesting>&, Output to);

// 5.11 signatures
Result<void> sign_init(Starting<Signing>&, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key);
Result<void> sign(During<Signing>&, Input data, Output to);
Result<void> sign_update(During<Signing>&, Input data);
Result<void> sign_final(During<Signing>&, Output to);
Result<void> sign_recover_init(Starting<SignRecovering>&, Required<CK_MECHANISM> mechanism,
                               CK_OBJECT_HANDLE key);
Result<void> sign_recover(During<SignRecovering>&, Input data, Output to);

// 5.12 verification
Result<void> verify_init(Starting<Verifying>&, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key);
Result<void> verify(During<Verifying>&, Input data, Input signature);
Result<void> verify_update(During<Verifying>&, Input data);
Result<void> verify_final(During<Verifying>&, Input signature);
Result<void> verify_recover_init(Starting<VerifyRecovering>&, Required<CK_MECHANISM> mechanism,
                                 CK_OBJECT_HANDLE key);
Result<void> verify_recover(During<VerifyRecovering>&, Input signature, Output to);

// 5.13 keys, 5.14 random numbers, 5.15 parallel functions
Result<void> generate_key_pair(InSession&, Required<CK_MECHANISM> mechanism, Template public_half,
                               Template private_half, Required<CK_OBJECT_HANDLE> public_key,
                               Required<CK_OBJECT_HANDLE> private_key);
Result<void> derive_key(InSession&, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key, Template given,
                        Required<CK_OBJECT_HANDLE> to);
Result<void> seed_random(InSession&, Input seed);
Result<void> generate_random(InSession&, Input to);
Result<void> not_parallel(InSession&);

// extensions.h
Result<void> verify_pin(InSession&, Input pin);
Result<void> unblock_pin(InSession&, Input puk, Input new_pin);
Result<void> change_puk(InSession&, Input puk, Input new_puk);
Result<void> sign_unverified(InSession&, CK_OBJECT_HANDLE key, Required<CK_ULONG> status_word);

} // namespace acredita::module::api
