// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A key on the token as OpenSSL's EVP_PKEY, through libp11: what CMS, TLS and X.509 functions take. RSA and
// EC.
#pragma once

#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/session.hpp"

#include <functional>

namespace acredita::client {

// Asked for the PIN when the key wants it before each use (CKA_ALWAYS_AUTHENTICATE). An error cancels the
// signature. libp11 asks without saying for which key: the last source given for a module answers for all its
// keys.
using PinSource = std::function<Result<Secret>()>;

// Holds the module and libp11's slot list as long as it lives. Whatever took a reference of its own (a CMS
// structure, an SSL_CTX) must be freed before the last SharedKey of this module.
using SharedKey = std::shared_ptr<EVP_PKEY>;

// The private key with this CKA_ID. The token must be logged in where it wants that; `session` shows that it
// is open and need not live longer than this call, but the login must. object_not_found if there is none,
// several_objects if there are more.
[[nodiscard]] Result<SharedKey> token_key(Session& session, ByteView id, PinSource operation_pin = {});

} // namespace acredita::client
