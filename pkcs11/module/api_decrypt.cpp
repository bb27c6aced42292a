// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

namespace {

Result<Decrypting*> active(InSession& in) {
    auto* decrypting = std::get_if<Decrypting>(&in.session->operation);
    if (decrypting == nullptr) return fail(CKR_OPERATION_NOT_INITIALIZED);
    return decrypting;
}

// How long the text is only the card knows, so a size query is answered with the block's size at first; the
// text is kept when the buffer turns out to be too small, and the card is not asked again.
Result<void> finish(InSession& in, Ending& ending, Decrypting& decrypting, const Output& to) {
    if (!decrypting.result) {
        if (to.asks_size()) {
            ending.keep();
            return to.room_for((decrypting.key->key->bits + 7) / 8);
        }
        ACREDITA_TRY(input, decryption_input(decrypting));
        ACREDITA_TRY(block, use_key(in, decrypting, input));
        ACREDITA_TRY(text, plain_text(decrypting, ByteView(block)));
        decrypting.result = std::move(text);
    }
    ACREDITA_TRY(go_on, ending.room(to, decrypting.result->size()));
    if (go_on) to.put(ByteView(*decrypting.result));
    return {};
}

} // namespace

Result<void> decrypt_init(InSession& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE handle) {
    if (!std::holds_alternative<std::monostate>(in.session->operation)) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_DEVICE_REMOVED);
    const auto& abilities = turn.token()->rules().abilities;
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_DECRYPT, abilities));
    if (!abilities.rsa_raw) return fail(CKR_MECHANISM_INVALID);
    ACREDITA_TRY(key, usable_key(turn, in, handle, *row, CKA_DECRYPT));
    ACREDITA_TRY(use, start_key_use(*mechanism, *row, std::move(key), abilities));
    in.session->operation = Decrypting{std::move(use), {}};
    return {};
}

Result<void> decrypt(InSession& in, Input data, Output to) {
    ACREDITA_TRY(decrypting, active(in));
    Ending ending(in);
    if (decrypting->updated) return fail(CKR_OPERATION_ACTIVE);
    if (!decrypting->result && !to.asks_size()) {
        decrypting->collected.clear();
        ACREDITA_CHECK(add_part(*decrypting, data.bytes));
    }
    return finish(in, ending, *decrypting, to);
}

Result<void> decrypt_update(InSession& in, Input data, Output to) {
    ACREDITA_TRY(decrypting, active(in));
    Ending ending(in);
    if (!to.asks_size()) {
        ACREDITA_CHECK(add_part(*decrypting, data.bytes));
        decrypting->updated = true;
    }
    *to.length = 0; // an RSA block gives its text at the end
    ending.keep();
    return {};
}

Result<void> decrypt_final(InSession& in, Output to) {
    ACREDITA_TRY(decrypting, active(in));
    Ending ending(in);
    return finish(in, ending, *decrypting, to);
}

} // namespace acredita::module::api
