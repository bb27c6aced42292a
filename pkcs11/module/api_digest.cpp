// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

namespace {

Result<Digesting*> active(InSession& in) {
    auto* digesting = std::get_if<Digesting>(&in.session->operation);
    if (digesting == nullptr) return fail(CKR_OPERATION_NOT_INITIALIZED);
    return digesting;
}

} // namespace

Result<void> digest_init(InSession& in, Required<CK_MECHANISM> mechanism) {
    if (!std::holds_alternative<std::monostate>(in.session->operation)) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_DIGEST, Abilities{}));
    ACREDITA_CHECK(no_parameters(*mechanism));
    in.session->operation = Digesting{Digest(row->hash), false};
    return {};
}

Result<void> digest(InSession& in, Input data, Output to) {
    ACREDITA_TRY(digesting, active(in));
    Ending ending(in);
    if (digesting->updated) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(go_on, ending.room(to, hash_size(digesting->state.hash())));
    if (!go_on) return {};
    digesting->state.update(data.bytes);
    to.put(digesting->state.finish());
    return {};
}

Result<void> digest_update(InSession& in, Input data) {
    ACREDITA_TRY(digesting, active(in));
    digesting->state.update(data.bytes);
    digesting->updated = true;
    return {};
}

// Only private keys are here, and they do not leave the card to be digested.
Result<void> digest_key(InSession& in, CK_OBJECT_HANDLE) {
    ACREDITA_CHECK(active(in));
    const Ending ending(in);
    return fail(CKR_KEY_INDIGESTIBLE);
}

Result<void> digest_final(InSession& in, Output to) {
    ACREDITA_TRY(digesting, active(in));
    Ending ending(in);
    ACREDITA_TRY(go_on, ending.room(to, hash_size(digesting->state.hash())));
    if (go_on) to.put(digesting->state.finish());
    return {};
}

} // namespace acredita::module::api
