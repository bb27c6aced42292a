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
// A private key that fits the mechanism: KEY_HANDLE_INVALID, USER_NOT_LOGGED_IN, KEY_TYPE_INCONSISTENT,
// KEY_FUNCTION_NOT_PERMITTED.
[[nodiscard]] Result<std::shared_ptr<const Object>> usable_key(Turn& turn, const InSession& in,
                                                               CK_OBJECT_HANDLE handle,
                                                               const Mechanism& mechanism,
                                                               CK_ATTRIBUTE_TYPE purpose);
// Runs the operation on the card, with the PIN of a context-specific login if there is one.
[[nodiscard]] Result<ZeroingBytes> use_key(InSession& in, const KeyUse& use, const CardInput& input);

} // namespace acredita::module
