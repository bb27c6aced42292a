// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Changing and unblocking PINs. Which calls serve which module: docs/adr (unblocking by C_SetPIN).
#pragma once

#include "pkcs11/client/session.hpp"

namespace acredita::client {

// The user's PIN, with the old one, which a login proves first, or our module's own check, which may spend
// the last try. Read-write session; the login state stays as it was.
[[nodiscard]] Result<void> change_pin(Session&, const Secret& old_pin, const Secret& new_pin);

// The old PIN and the new one typed on the reader.
[[nodiscard]] Result<void> change_pin_at_reader(Session&);

// A new PIN with the PUK, without any login, and only once the PIN is blocked: action_prohibited otherwise.
[[nodiscard]] Result<void> unblock_pin(Session&, const Secret& puk, const Secret& new_pin);

// A new PIN given by the administrator, who must be logged in (C_InitPIN).
[[nodiscard]] Result<void> set_pin_as_administrator(Session&, const Secret& new_pin);

// A blank card gets its PUK, a name and its directory (C_InitToken). No session may be open, and the token
// must not say CKF_TOKEN_INITIALIZED: makers' modules erase one that does.
[[nodiscard]] Result<void> prepare_token(const Module&, CK_SLOT_ID, const Secret& puk,
                                         std::string_view label);

} // namespace acredita::client
