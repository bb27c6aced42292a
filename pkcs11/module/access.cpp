// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"

namespace acredita::module {

namespace {

constexpr std::size_t most_objects = 4096; // of a program that never closes a session

} // namespace

Result<std::shared_ptr<const Object>> visible_object(Turn& turn, const InSession& in,
                                                     CK_OBJECT_HANDLE handle) {
    auto object = turn.objects().find(handle);
    if (!object || (object->is_private() && in.slot().login() == Login::none))
        return fail(CKR_OBJECT_HANDLE_INVALID);
    return object;
}

Result<CK_OBJECT_HANDLE> keep_in_session(Turn& turn, const InSession& in, Object object) {
    if (object.is_private() && in.slot().login() != Login::user) return fail(CKR_USER_NOT_LOGGED_IN);
    if (turn.objects().size() >= most_objects) return fail(CKR_HOST_MEMORY);
    object.session = std::weak_ptr<const void>(in.session);
    return turn.objects().add(std::move(object));
}

Result<Right> right_to_write(const InSession& in, const std::optional<CK_USER_TYPE>& role) {
    if (!in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    if (!role) return fail(CKR_TOKEN_WRITE_PROTECTED);
    const auto login = in.slot().login();
    if (login == (*role == CKU_SO ? Login::so : Login::user)) return Right::role;
    if (login == Login::user) return Right::enrolment;
    return fail(CKR_USER_NOT_LOGGED_IN);
}

Result<KeyUse> start_with_key(const InSession& in, const CK_MECHANISM& given, CK_OBJECT_HANDLE handle,
                              const Purpose& purpose) {
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_DEVICE_REMOVED);
    auto key = turn.objects().find(handle);
    if (key && key->is_private() && in.slot().login() != Login::user) return fail(CKR_USER_NOT_LOGGED_IN);
    if (purpose.operation && !std::holds_alternative<std::monostate>(in.session->operation))
        return fail(CKR_OPERATION_ACTIVE);
    const auto& abilities = turn.token()->rules().abilities;
    ACREDITA_TRY(row, find_mechanism(given.mechanism, purpose.flag, abilities));
    if (!key || key->kind != purpose.kind || !key->key) return fail(CKR_KEY_HANDLE_INVALID);
    if (key->key->type != row->key) return fail(CKR_KEY_TYPE_INCONSISTENT);
    if (!key->attributes.is_true(purpose.attribute)) return fail(CKR_KEY_FUNCTION_NOT_PERMITTED);
    return start_key_use(given, *row, std::move(key), abilities);
}

Result<PinSource> source_of(Turn& turn, const Input& pin) {
    if (!pin.null) return PinSource{.bytes = pin.bytes};
    auto* keypad = turn.keypad();
    if (keypad == nullptr) return fail(CKR_ARGUMENTS_BAD);
    return PinSource{.keypad = keypad};
}

Result<ZeroingBytes> use_key(const InSession& in, const KeyUse& use, const CardInput& input) {
    ACREDITA_TRY(turn, in.turn());
    const bool needs_login = use.key->is_private() && in.slot().login() != Login::user;
    const bool with_pin = use.context_at_reader || !use.context_pin.empty();
    if (needs_login || (use.always_authenticate() && !with_pin)) return fail(CKR_USER_NOT_LOGGED_IN);
    auto used = turn.talk([&](Channel& channel, Token& token) -> Result<ZeroingBytes> {
        PinSource pin{.bytes = use.context_pin.view()};
        if (use.context_at_reader) {
            pin.keypad = turn.keypad();
            if (pin.keypad == nullptr) return fail(CKR_DEVICE_REMOVED);
        }
        return token.operate(channel, *use.key, input.operation, input.data, pin);
    });
    if (with_pin) turn.forget_info(); // the counter of tries has changed
    return used;
}

} // namespace acredita::module
