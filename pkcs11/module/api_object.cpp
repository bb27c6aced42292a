// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/session_object.hpp"

namespace acredita::module::api {

namespace {

// The attributes of our card object that cost exchanges, asked for one by one and only because somebody wants
// them.
Result<void> complete(Turn& turn, Object& object, Wanted wanted, Login login) {
    for (const auto& item : wanted.items) {
        if ((item.type & ~0xFFUL) != ACREDITA_VENDOR || object.attributes.find(item.type) != nullptr)
            continue;
        ACREDITA_TRY(value, turn.talk([&](Channel& channel, Token& token) {
            return token.card_attribute(channel, item.type, login);
        }));
        if (value) object.attributes.set(item.type, *value);
    }
    return {};
}

} // namespace

Result<void> create_object(InSession& in, Template given, Required<CK_OBJECT_HANDLE> to) {
    ACREDITA_TRY(turn, in.turn());
    const auto kind = given.find_ulong(CKA_CLASS);
    if (!kind) return fail(CKR_TEMPLATE_INCOMPLETE);
    if (turn.token() == nullptr) return fail(CKR_TOKEN_NOT_PRESENT);
    const auto& rules = turn.token()->rules();
    if (!given.find_bool(CKA_TOKEN).value_or(false)) {
        ACREDITA_TRY(object, read_session_object(given, rules.abilities));
        ACREDITA_TRY(handle, keep_in_session(turn, in, std::move(object)));
        *to = handle;
        return {};
    }
    if (*kind == CKO_CERTIFICATE) {
        ACREDITA_TRY(right, right_to_write(in, rules.object_role));
        ACREDITA_TRY(certificate, read_new_certificate(given));
        ACREDITA_TRY(handle, turn.talk([&](Channel& channel, Token& token) {
            return token.store(channel, certificate, right);
        }));
        *to = handle;
        return {};
    }
    if (*kind != CKO_PRIVATE_KEY) return fail(CKR_TEMPLATE_INCONSISTENT); // no room for it on the card
    ACREDITA_TRY(right, right_to_write(in, rules.store_role));
    if (right != Right::role) return fail(CKR_USER_NOT_LOGGED_IN); // a key from outside is never an enrolment
    ACREDITA_TRY(key, read_new_private_key(given));
    ACREDITA_TRY(handle,
                 turn.talk([&](Channel& channel, Token& token) { return token.store(channel, key); }));
    *to = handle;
    return {};
}

// What is on the card is copied into the session only; the card has no room for two of anything.
Result<void> copy_object(InSession& in, CK_OBJECT_HANDLE handle, Template given,
                         Required<CK_OBJECT_HANDLE> to) {
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(object, visible_object(turn, in, handle));
    if (!object->attributes.is_true(CKA_COPYABLE)) return fail(CKR_ACTION_PROHIBITED);
    ACREDITA_TRY(copy, copied(*object, given));
    ACREDITA_TRY(made, keep_in_session(turn, in, std::move(copy)));
    *to = made;
    return {};
}

Result<void> destroy_object(InSession& in, CK_OBJECT_HANDLE handle) {
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(object, visible_object(turn, in, handle));
    if (!object->attributes.is_true(CKA_DESTROYABLE)) return fail(CKR_ACTION_PROHIBITED);
    if (!object->place) { // it is with us alone
        turn.objects().remove(handle);
        return {};
    }
    if (turn.token() == nullptr) return fail(CKR_OBJECT_HANDLE_INVALID);
    ACREDITA_TRY(right, right_to_write(in, turn.token()->rules().object_role));
    return turn.talk([&](Channel& channel, Token& token) { return token.destroy(channel, *object, right); });
}

Result<void> get_object_size(InSession& in, CK_OBJECT_HANDLE handle, Required<CK_ULONG> to) {
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(object, visible_object(turn, in, handle));
    *to = object->attributes.size() + object->secret.size();
    return {};
}

Result<void> get_attribute_value(InSession& in, CK_OBJECT_HANDLE handle, Wanted wanted) {
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(object, visible_object(turn, in, handle));
    if (object->kind == CKO_ACREDITA_CARD) {
        auto completed = *object;
        ACREDITA_CHECK(complete(turn, completed, wanted, in.slot().login()));
        object = std::make_shared<const Object>(std::move(completed));
    }
    CK_RV worst = CKR_OK; // every attribute is tried; of several errors any one may be told
    for (auto& item : wanted.items) {
        const auto rv = give(item, object->value(item.type), object->sensitive(item.type));
        if (rv != CKR_OK && worst != CKR_BUFFER_TOO_SMALL) worst = rv;
    }
    if (worst != CKR_OK) return fail(worst);
    return {};
}

// A PIV card has no room for names: what its things are called is remembered until the card leaves the
// reader.
Result<void> set_attribute_value(InSession& in, CK_OBJECT_HANDLE handle, Template given) {
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(object, visible_object(turn, in, handle));
    if (object->is_token() && !in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    if (!object->attributes.is_true(CKA_MODIFIABLE)) return fail(CKR_ACTION_PROHIBITED);
    ACREDITA_TRY(now, changed(*object, given));
    turn.objects().replace(handle, std::move(now));
    return {};
}

Result<void> find_objects_init(InSession& in, Template wanted) {
    if (in.session->search) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(turn, in.turn());
    if (Token::needs_card(wanted) && (turn.token() == nullptr || turn.token()->must_look()))
        ACREDITA_CHECK(
            turn.talk([&](Channel& channel, Token& token) { return token.load_for(channel, wanted); }));
    const auto found = turn.objects().search(wanted, in.slot().login() != Login::none);
    in.session->search = Search{{found.begin(), found.end()}};
    return {};
}

Result<void> find_objects(InSession& in, Room to, Required<CK_ULONG> count) {
    if (!in.session->search) return fail(CKR_OPERATION_NOT_INITIALIZED);
    auto& found = in.session->search->found;
    *count = 0;
    while (*count < to.size && !found.empty()) {
        to.handles[(*count)++] = found.front();
        found.pop_front();
    }
    return {};
}

Result<void> find_objects_final(InSession& in) {
    if (!in.session->search) return fail(CKR_OPERATION_NOT_INITIALIZED);
    in.session->search.reset();
    return {};
}

} // namespace acredita::module::api
