// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"

namespace acredita::module::api {

Result<void> verify_pin(InSession& in, Input pin) {
    ACREDITA_TRY(turn, in.turn());
    auto verified = turn.talk([&](Channel& channel, Token& token) -> Result<void> {
        ACREDITA_TRY(source, source_of(turn, pin));
        return token.verify_pin(channel, source, LastTry::allowed); // whoever calls this has asked a person
    });
    turn.forget_info();
    return verified;
}

Result<void> unblock_pin(InSession& in, Input puk, Input new_pin) {
    if (!in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    ACREDITA_TRY(turn, in.turn());
    if (in.slot().login() != Login::none) return fail(CKR_USER_ALREADY_LOGGED_IN);
    if (puk.null != new_pin.null) return fail(CKR_ARGUMENTS_BAD);
    turn.forget_pin();
    auto unblocked = turn.talk([&](Channel& channel, Token& token) -> Result<void> {
        ACREDITA_TRY(source, source_of(turn, puk));
        if (source.keypad != nullptr) return token.unblock_pin(channel, *source.keypad);
        return token.unblock_pin(channel, puk.bytes, new_pin.bytes);
    });
    turn.forget_info();
    return unblocked;
}

Result<void> change_puk(InSession& in, Input puk, Input new_puk) {
    if (!in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    ACREDITA_TRY(turn, in.turn());
    if (in.slot().login() != Login::none) return fail(CKR_USER_ALREADY_LOGGED_IN);
    if (puk.null || new_puk.null) return fail(CKR_ARGUMENTS_BAD);
    auto changed = turn.talk(
        [&](Channel& channel, Token& token) { return token.change_puk(channel, puk.bytes, new_puk.bytes); });
    turn.forget_info();
    return changed;
}

Result<void> sign_unverified(InSession& in, CK_OBJECT_HANDLE handle, Required<CK_ULONG> status_word) {
    ACREDITA_TRY(turn, in.turn());
    const auto object = turn.objects().find(handle);
    if (!object || !object->place) return fail(CKR_KEY_HANDLE_INVALID);
    ACREDITA_TRY(
        word, turn.talk([&](Channel& channel, Token& token) { return token.try_operate(channel, *object); }));
    *status_word = word.value;
    return {};
}

} // namespace acredita::module::api
