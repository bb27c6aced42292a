// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/pin.hpp"

#include "pkcs11/client/vendor.hpp"

#include <algorithm>
#include <array>

namespace acredita::client {

namespace {

bool malformed(const Secret& pin) noexcept {
    return pin.empty() || pin.text().find('\0') != std::string_view::npos;
}

CK_UTF8CHAR_PTR bytes_of(const Secret& pin) noexcept {
    return const_cast<CK_UTF8CHAR_PTR>(pin.view().data()); // Cryptoki's types know no const
}

Result<void> set_pin(Session& session, const Secret& old_pin, const Secret& new_pin) {
    if (malformed(old_pin) || malformed(new_pin)) return fail(client_errc::pin_malformed);
    return check(session.functions().C_SetPIN(session.handle(), bytes_of(old_pin), old_pin.size(),
                                              bytes_of(new_pin), new_pin.size()),
                 "C_SetPIN");
}

} // namespace

// Without a login a module takes the old value for the PUK once the PIN is blocked, and a try of the PUK
// would be lost on it; so the login comes first and says that the PIN is blocked.
Result<void> change_pin(Session& session, const Secret& old_pin, const Secret& new_pin) {
    if (malformed(new_pin)) return fail(client_errc::pin_malformed);
    if (has_vendor_interface(*session.module())) {
        ACREDITA_CHECK(verify_pin(session, old_pin));
        return set_pin(session, old_pin, new_pin);
    }
    ACREDITA_TRY(before, session.login_state());
    ACREDITA_CHECK(session.login(Role::user, old_pin));
    auto changed = set_pin(session, old_pin, new_pin);
    if (before == LoginState::none) {
        auto left = session.logout();
        if (changed) return left;
    }
    return changed;
}

Result<void> change_pin_at_reader(Session& session) {
    return check(session.functions().C_SetPIN(session.handle(), nullptr, 0, nullptr, 0), "C_SetPIN");
}

Result<void> unblock_pin(Session& session, const Secret& puk, const Secret& new_pin) {
    ACREDITA_TRY(state, session.login_state());
    if (state != LoginState::none)
        return fail(cryptoki_errc::user_already_logged_in, "unblocking needs no login");
    if (malformed(puk) || malformed(new_pin)) return fail(client_errc::pin_malformed);
    if (has_vendor_interface(*session.module())) return unblock_with_puk(session, puk, new_pin);
    // Another module that does not find the PIN blocked takes the PUK for the old PIN, and a try of the PIN
    // would be lost.
    ACREDITA_TRY(facts, card_facts(session, Ask::pin));
    if (facts.pin != PinLight::locked && facts.pin_tries_left != 0U)
        return fail(cryptoki_errc::action_prohibited, "the PIN is not blocked");
    return set_pin(session, puk, new_pin);
}

Result<void> set_pin_as_administrator(Session& session, const Secret& new_pin) {
    if (malformed(new_pin)) return fail(client_errc::pin_malformed);
    return check(session.functions().C_InitPIN(session.handle(), bytes_of(new_pin), new_pin.size()),
                 "C_InitPIN");
}

Result<void> prepare_token(const Module& module, CK_SLOT_ID slot, const Secret& puk, std::string_view label) {
    if (malformed(puk)) return fail(client_errc::pin_malformed);
    std::array<CK_UTF8CHAR, sizeof(CK_TOKEN_INFO::label)> padded{};
    padded.fill(' ');
    std::copy_n(label.begin(), std::min(label.size(), padded.size()), padded.begin());
    return check(module.functions().C_InitToken(slot, bytes_of(puk), puk.size(), padded.data()),
                 "C_InitToken");
}

} // namespace acredita::client
