// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/api.hpp"
#include "pkcs11/module/random.hpp"

namespace acredita::module::api {

Result<void> generate_key_pair(InSession& in, Required<CK_MECHANISM> mechanism, Template public_half,
                               Template private_half, Required<CK_OBJECT_HANDLE> public_key,
                               Required<CK_OBJECT_HANDLE> private_key) {
    if (!in.session->read_write) return fail(CKR_SESSION_READ_ONLY);
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_DEVICE_REMOVED);
    const auto& rules = turn.token()->rules();
    if (!rules.generate_role) return fail(CKR_TOKEN_WRITE_PROTECTED);
    if (in.slot().login() != (*rules.generate_role == CKU_SO ? Login::so : Login::user))
        return fail(CKR_USER_NOT_LOGGED_IN);
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_GENERATE_KEY_PAIR, rules.abilities));
    ACREDITA_CHECK(no_parameters(*mechanism));
    ACREDITA_TRY(wanted, read_new_key_pair(row->key, public_half, private_half));
    ACREDITA_TRY(handles,
                 turn.talk([&](Channel& channel, Token& token) { return token.generate(channel, wanted); }));
    *public_key = handles.first;
    *private_key = handles.second;
    return {};
}

// The operating system's generator has seeds of its own and is none the worse for one that is thrown away.
Result<void> seed_random(InSession&, Input) { return {}; }

Result<void> generate_random(InSession&, Input to) {
    if (!fill_random({const_cast<CK_BYTE_PTR>(to.bytes.data()), to.bytes.size()}))
        return fail(CKR_FUNCTION_FAILED);
    return {};
}

Result<void> not_parallel(InSession&) { return fail(CKR_FUNCTION_NOT_PARALLEL); }

} // namespace acredita::module::api
