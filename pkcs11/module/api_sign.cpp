// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

namespace {

Result<Signing*> active(InSession& in) {
    auto* signing = std::get_if<Signing>(&in.session->operation);
    if (signing == nullptr) return fail(CKR_OPERATION_NOT_INITIALIZED);
    return signing;
}

Result<void> finish(InSession& in, Signing& signing, const Output& to) {
    ACREDITA_TRY(input, signature_input(signing));
    ACREDITA_TRY(signature, use_key(in, signing, input));
    if (signature.size() != signature_size(signing)) return fail(CKR_DEVICE_ERROR);
    to.put(ByteView(signature));
    return {};
}

} // namespace

Result<void> sign_init(InSession& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE handle) {
    if (!std::holds_alternative<std::monostate>(in.session->operation)) return fail(CKR_OPERATION_ACTIVE);
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_DEVICE_REMOVED);
    const auto& abilities = turn.token()->rules().abilities;
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_SIGN, abilities));
    ACREDITA_TRY(key, usable_key(turn, in, handle, *row, CKA_SIGN));
    ACREDITA_TRY(use, start_key_use(*mechanism, *row, std::move(key), abilities));
    in.session->operation = Signing{std::move(use)};
    return {};
}

Result<void> sign(InSession& in, Input data, Output to) {
    ACREDITA_TRY(signing, active(in));
    Ending ending(in);
    if (signing->updated) return fail(CKR_OPERATION_ACTIVE); // a multi-part signature is ended by C_SignFinal
    ACREDITA_TRY(go_on, ending.room(to, signature_size(*signing)));
    if (!go_on) return {};
    ACREDITA_CHECK(add_part(*signing, data.bytes));
    return finish(in, *signing, to);
}

Result<void> sign_update(InSession& in, Input data) {
    ACREDITA_TRY(signing, active(in));
    Ending ending(in);
    ACREDITA_CHECK(add_part(*signing, data.bytes));
    signing->updated = true;
    ending.keep();
    return {};
}

Result<void> sign_final(InSession& in, Output to) {
    ACREDITA_TRY(signing, active(in));
    Ending ending(in);
    ACREDITA_TRY(go_on, ending.room(to, signature_size(*signing)));
    if (!go_on) return {};
    return finish(in, *signing, to);
}

} // namespace acredita::module::api
