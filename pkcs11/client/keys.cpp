// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/keys.hpp"

#include "pkcs11/client/libp11.hpp"

namespace acredita::client {

Result<SharedKey> token_key(Session& session, ByteView id, PinSource operation_pin) {
    ACREDITA_TRY(context, session.module()->libp11());
    ACREDITA_TRY(found, context->private_key(session.slot(), id, std::move(operation_pin)));
    // Captures end in the reverse of their order: the slot list before the module.
    return SharedKey(found.key.release(), [module = session.module(), slots = std::move(found.slots)](
                                              EVP_PKEY* ended) { EVP_PKEY_free(ended); });
}

} // namespace acredita::client
