// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

Result<void> digest_init(Starting<Digesting>& in, Required<CK_MECHANISM> mechanism) {
    if (!std::holds_alternative<std::monostate>(in.session->operation)) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_DIGEST, Abilities{}));
    ACREDITA_CHECK(no_parameters(*mechanism));
    in.session->operation = Digesting{Digest(row->hash)};
    return {};
}

Result<void> digest(During<Digesting>& in, Input data, Output to) {
    ACREDITA_TRY(digesting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(digesting->course, Course::whole));
    ACREDITA_TRY(go_on, ending.room(to, hash_size(digesting->state.hash())));
    if (!go_on) return {};
    digesting->state.update(data.bytes);
    to.put(digesting->state.finish());
    return {};
}

Result<void> digest_update(During<Digesting>& in, Input data) {
    ACREDITA_TRY(digesting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(digesting->course, Course::parts));
    digesting->state.update(data.bytes);
    ending.keep();
    return {};
}

// Secrets of the session are digested; keys of the card do not leave it for that.
Result<void> digest_key(During<Digesting>& in, CK_OBJECT_HANDLE handle) {
    ACREDITA_TRY(digesting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(digesting->course, Course::parts));
    ACREDITA_TRY(turn, in.turn());
    const auto key = turn.objects().find(handle);
    if (!key || !is_key(key->kind)) return fail(CKR_KEY_HANDLE_INVALID);
    if (key->kind != CKO_SECRET_KEY) return fail(CKR_KEY_INDIGESTIBLE);
    digesting->state.update(ByteView(key->secret));
    ending.keep();
    return {};
}

Result<void> digest_final(During<Digesting>& in, Output to) {
    ACREDITA_TRY(digesting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(digesting->course, Course::parts));
    ACREDITA_TRY(go_on, ending.room(to, hash_size(digesting->state.hash())));
    if (go_on) to.put(digesting->state.finish());
    return {};
}

// What an operation holds may be a secret or belong to the card, and does not leave the module to come back
// changed. 5.6.5: an answer all the same, and none before there is an operation.
Result<void> get_operation_state(InSession& in, Output) {
    if (std::holds_alternative<std::monostate>(in.session->operation))
        return fail(CKR_OPERATION_NOT_INITIALIZED);
    return fail(CKR_STATE_UNSAVEABLE);
}

Result<void> set_operation_state(InSession&, Input, CK_OBJECT_HANDLE, CK_OBJECT_HANDLE) {
    return fail(CKR_SAVED_STATE_INVALID); // none was ever given out
}

} // namespace acredita::module::api
