// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"
#include "pkcs11/module/saved_digest.hpp"

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
    digesting->of_a_secret = true;
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

// 5.6.5. What the card works on does not leave the module to come back changed, nor does the trace of a
// secret: the last bytes that were digested lie in a state as they are.
Result<void> get_operation_state(InSession& in, Output to) {
    const auto& operation = in.session->operation;
    if (std::holds_alternative<std::monostate>(operation)) return fail(CKR_OPERATION_NOT_INITIALIZED);
    const auto* digesting = std::get_if<Digesting>(&operation);
    if (digesting == nullptr || digesting->of_a_secret) return fail(CKR_STATE_UNSAVEABLE);
    const auto saved = save_digest(*digesting);
    ACREDITA_CHECK(to.room_for(saved.size()));
    if (!to.asks_size()) to.put(saved);
    return {};
}

// 5.6.6. In place of whatever the session was doing.
Result<void> set_operation_state(InSession& in, Input state, CK_OBJECT_HANDLE encryption_key,
                                 CK_OBJECT_HANDLE authentication_key) {
    auto restored = restore_digest(state.bytes);
    if (!restored) return fail(CKR_SAVED_STATE_INVALID);
    if (encryption_key != CK_INVALID_HANDLE || authentication_key != CK_INVALID_HANDLE)
        return fail(CKR_KEY_NOT_NEEDED);
    in.session->operation = std::move(*restored);
    return {};
}

} // namespace acredita::module::api
