// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which objects a session may see and which keys it may use now. Private objects are not there before a login
// (PKCS #11 v2.40 base, 4.4 CKA_PRIVATE). The administrator, who stores and removes keys, sees them too, but
// uses none.
#pragma once

#include "pkcs11/module/entry.hpp"

namespace acredita::module {

// OBJECT_HANDLE_INVALID.
[[nodiscard]] Result<std::shared_ptr<const Object>> visible_object(Turn& turn, const InSession& in,
                                                                   CK_OBJECT_HANDLE handle);

// Makes it an object of this session: USER_NOT_LOGGED_IN if it is to be private, HOST_MEMORY if there are too
// many.
[[nodiscard]] Result<CK_OBJECT_HANDLE> keep_in_session(Turn& turn, const InSession& in, Object object);

// By what right the session may write to the card where the profile lets `role` do it: SESSION_READ_ONLY,
// TOKEN_WRITE_PROTECTED, USER_NOT_LOGGED_IN.
[[nodiscard]] Result<Right> right_to_write(const InSession& in, const std::optional<CK_USER_TYPE>& role);

// What a key is wanted for: as the mechanism says it, as the key says it, and which half of the pair it
// takes.
struct Purpose {
    CK_FLAGS flag = 0;
    CK_ATTRIBUTE_TYPE attribute = 0;
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    bool operation = true; // that the session is in afterwards, so that there may be none before
};

// The checks that come before any use of a key, in this order: USER_NOT_LOGGED_IN, OPERATION_ACTIVE,
// MECHANISM_INVALID, KEY_HANDLE_INVALID, KEY_TYPE_INCONSISTENT, KEY_FUNCTION_NOT_PERMITTED,
// MECHANISM_PARAM_INVALID.
[[nodiscard]] Result<KeyUse> start_with_key(const InSession& in, const CK_MECHANISM& given,
                                            CK_OBJECT_HANDLE handle, const Purpose& purpose);

// Every C_...Init that takes a key.
template <class Op>
[[nodiscard]] Result<void> start(const Starting<Op>& in, const CK_MECHANISM& given, CK_OBJECT_HANDLE handle,
                                 const Purpose& purpose) {
    ACREDITA_TRY(use, start_with_key(in, given, handle, purpose));
    in.session->operation = Op{std::move(use)};
    return {};
}

// NULL means that the person types on the reader (CKF_PROTECTED_AUTHENTICATION_PATH); an empty PIN does not.
// Where there are no keys, NULL is a wrong argument: to call it a wrong PIN would have NSS ask a reader that
// asks nobody, again and again. Within talk() only.
[[nodiscard]] Result<PinSource> source_of(Turn& turn, const Input& pin);

// Runs the operation on the card, with the PIN of a context-specific login if there is one.
[[nodiscard]] Result<ZeroingBytes> use_key(const InSession& in, const KeyUse& use, const CardInput& input);

} // namespace acredita::module
