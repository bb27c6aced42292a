// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"

namespace acredita::module::api {

namespace {

KeyUse* use_in_progress(Operation& operation) {
    if (auto* signing = std::get_if<Signing>(&operation)) return signing;
    if (auto* recovering = std::get_if<SignRecovering>(&operation)) return recovering;
    return std::get_if<Decrypting>(&operation);
}

Result<void> login_context(InSession& in, const Input& pin) {
    auto* use = use_in_progress(in.session->operation);
    if (use == nullptr || !use->always_authenticate()) return fail(CKR_OPERATION_NOT_INITIALIZED);
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_USER_NOT_LOGGED_IN);
    // The card wants the PIN directly before the operation, and other calls may still come in between: it is
    // kept, or asked for, and sent in one transaction with the operation, which then says whether it was
    // right.
    if (pin.null) {
        const auto there = turn.talk([&](Channel&, Token&) { return source_of(turn, pin); });
        if (!there) return fail(there.error());
        use->context_at_reader = true;
        return {};
    }
    if (judge_pin(pin.bytes, turn.token()->rules().pin) != CKR_OK) {
        turn.token()->refuse_pin();
        turn.forget_info();
        return fail(CKR_PIN_INCORRECT);
    }
    use->context_pin = Secret(pin.bytes);
    return {};
}

// PKCS #11 keeps CKR_PIN_LEN_RANGE and CKR_PIN_INVALID for functions that set a PIN (version 2.40
// base, 5.1.6); a login with a PIN that no card would take is one with an incorrect PIN, sent or not. It
// matters: NSS, and with it every browser, asks again after CKR_PIN_INCORRECT alone.
Result<void> as_of_a_login(Result<void> verified, Token& token) {
    const bool for_its_form =
        !verified && (is(verified.error(), CKR_PIN_LEN_RANGE) || is(verified.error(), CKR_PIN_INCORRECT));
    if (!for_its_form) return verified;
    token.refuse_pin();
    return fail(CKR_PIN_INCORRECT);
}

// While a person was typing, the program may have finished or closed its sessions. Nobody is logged in then,
// on the card neither.
Result<void> still_wanted(const InSession& in, Turn& turn) {
    const bool stopped = in.library.stopped();
    if (!stopped && in.library.count(in.slot()).all != 0) return {};
    (void)turn.talk([](Channel& channel, Token& token) { return token.logout(channel); });
    return fail(stopped ? CKR_CRYPTOKI_NOT_INITIALIZED : CKR_SESSION_CLOSED);
}

Result<void> login_user_pin(const InSession& in, Turn& turn, const Input& pin) {
    const auto verified = turn.talk([&](Channel& channel, Token& token) -> Result<void> {
        ACREDITA_TRY(source, source_of(turn, pin));
        return as_of_a_login(token.verify_pin(channel, source, LastTry::guarded), token);
    });
    turn.forget_info(); // afterwards: what was known before is told as long as a person types
    if (!verified) return verified;
    if (pin.null) ACREDITA_CHECK(still_wanted(in, turn));
    turn.remember_pin(pin.bytes);
    turn.set_login(Login::user);
    return {};
}

Result<void> login_so(Turn& turn, ByteView key) {
    auto verified =
        turn.talk([&](Channel& channel, Token& token) { return token.verify_admin(channel, key); });
    turn.forget_info();
    if (verified) turn.set_login(Login::so);
    return verified;
}

} // namespace

Result<void> open_session(AtSlot& at, CK_FLAGS flags, CK_VOID_PTR, CK_NOTIFY,
                          Required<CK_SESSION_HANDLE> to) {
    if ((flags & CKF_SERIAL_SESSION) == 0) return fail(CKR_SESSION_PARALLEL_NOT_SUPPORTED);
    at.library.refresh(); // so that the session belongs to the card that is in the reader now
    if (!at.slot->present()) return fail(CKR_TOKEN_NOT_PRESENT);
    const bool read_write = (flags & CKF_RW_SESSION) != 0;
    if (!read_write && at.slot->login() == Login::so) return fail(CKR_SESSION_READ_WRITE_SO_EXISTS);
    if (!at.slot->earlier_abilities()) { // else nobody is waited for: this card is known
        ACREDITA_TRY(turn, at.slot->turn());
        if (turn.token() == nullptr) // the first one finds out whether we know this card
            ACREDITA_CHECK(turn.talk([](Channel&, Token&) -> Result<void> { return {}; }));
    }
    *to = at.library.add(std::make_shared<Session>(at.slot, read_write));
    return {};
}

Result<void> close_session(Library& library, CK_SESSION_HANDLE handle) { return library.close(handle); }

Result<void> close_all_sessions(AtSlot& at) {
    at.library.close_all(*at.slot);
    return {};
}

Result<void> get_session_info(SessionView& view, Required<CK_SESSION_INFO> to) {
    const auto& session = *view.session;
    view.library.refresh(); // for programs that ask nothing else to learn that the card is gone
    if (!session.alive()) return fail(CKR_SESSION_HANDLE_INVALID);
    session.slot->notice_reset();
    to->slotID = session.slot->id();
    to->state = session.state();
    to->flags = CKF_SERIAL_SESSION | (session.read_write ? CKF_RW_SESSION : 0);
    to->ulDeviceError = 0;
    return {};
}

Result<void> login(InSession& in, CK_USER_TYPE user, Input pin) {
    if (user != CKU_USER && user != CKU_SO && user != CKU_CONTEXT_SPECIFIC)
        return fail(CKR_USER_TYPE_INVALID);
    if (user == CKU_CONTEXT_SPECIFIC) return login_context(in, pin);
    ACREDITA_TRY(turn, in.turn());
    const auto wanted = user == CKU_SO ? Login::so : Login::user;
    // A transaction without an exchange: a reset by another program has ended the login, and here it would
    // matter.
    if (in.slot().login() != Login::none)
        ACREDITA_CHECK(turn.talk([](Channel&, Token&) -> Result<void> { return {}; }));
    if (in.slot().login() == wanted) return fail(CKR_USER_ALREADY_LOGGED_IN);
    if (in.slot().login() != Login::none) return fail(CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
    if (wanted == Login::user) return login_user_pin(in, turn, pin);
    const auto count = in.library.count(in.slot());
    if (count.all != count.read_write) return fail(CKR_SESSION_READ_ONLY_EXISTS);
    return login_so(turn, pin.bytes);
}

// Version 3.0, 5.6.9: our users have no names.
Result<void> login_user(InSession& in, CK_USER_TYPE user, Input pin, Input name) {
    if (!name.bytes.empty()) return fail(CKR_ARGUMENTS_BAD);
    return login(in, user, pin);
}

Result<void> logout(InSession& in) {
    ACREDITA_TRY(turn, in.turn());
    if (in.slot().login() == Login::none) return fail(CKR_USER_NOT_LOGGED_IN);
    turn.set_login(Login::none);
    turn.forget_info();
    turn.objects().forget_private_session_objects();
    turn.forget_pin();
    in.session->operation = {};
    in.session->search.reset();
    return turn.talk([](Channel& channel, Token& token) { return token.logout(channel); });
}

// Version 3.0, 5.6.11. The flags name kinds of operations; there is at most one, and a search.
Result<void> session_cancel(InSession& in, CK_FLAGS flags) {
    auto& session = *in.session;
    if ((flags & CKF_FIND_OBJECTS) != 0) session.search.reset();
    const auto cancel = [&]<class Op>(CK_FLAGS flag, std::in_place_type_t<Op>) {
        if ((flags & flag) != 0 && std::holds_alternative<Op>(session.operation)) session.operation = {};
    };
    cancel(CKF_DIGEST, std::in_place_type<Digesting>);
    cancel(CKF_SIGN, std::in_place_type<Signing>);
    cancel(CKF_SIGN_RECOVER, std::in_place_type<SignRecovering>);
    cancel(CKF_DECRYPT, std::in_place_type<Decrypting>);
    cancel(CKF_VERIFY, std::in_place_type<Verifying>);
    cancel(CKF_VERIFY_RECOVER, std::in_place_type<VerifyRecovering>);
    cancel(CKF_ENCRYPT, std::in_place_type<Encrypting>);
    return {};
}

Result<void> init_pin(InSession& in, Input pin) {
    ACREDITA_TRY(turn, in.turn());
    if (in.slot().login() != Login::so) return fail(CKR_USER_NOT_LOGGED_IN);
    turn.forget_info();
    return turn.talk([&](Channel& channel, Token& token) { return token.init_pin(channel, pin.bytes); });
}

// docs/adr: what the old value is depends on the login state, and without login on whether the PIN is
// blocked.
Result<void> set_pin(InSession& in, Input old_pin, Input new_pin) {
    if (!in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    ACREDITA_TRY(turn, in.turn());
    if (in.slot().login() == Login::so) return fail(CKR_FUNCTION_NOT_SUPPORTED);
    if (old_pin.null != new_pin.null) return fail(CKR_ARGUMENTS_BAD);
    const bool logged_in = in.slot().login() == Login::user;
    turn.forget_pin();
    auto set = turn.talk([&](Channel& channel, Token& token) -> Result<void> {
        bool blocked = false;
        if (!logged_in) {
            ACREDITA_TRY(status, token.fresh_pin_status(channel));
            blocked = status.tries_left == 0U;
        }
        ACREDITA_TRY(source, source_of(turn, old_pin));
        if (source.keypad != nullptr)
            return blocked ? token.unblock_pin(channel, *source.keypad)
                           : token.change_pin(channel, *source.keypad);
        // What is no PUK at all is not sent, and called what the standard calls every wrong old value.
        if (blocked && judge_pin(old_pin.bytes, token.rules().puk) != CKR_OK) return fail(CKR_PIN_INCORRECT);
        return blocked ? token.unblock_pin(channel, old_pin.bytes, new_pin.bytes)
                       : token.change_pin(channel, old_pin.bytes, new_pin.bytes);
    });
    turn.forget_info();
    return set;
}

} // namespace acredita::module::api
