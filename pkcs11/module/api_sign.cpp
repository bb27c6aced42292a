// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

namespace {

Result<void> finish(const InSession& in, KeyUse& use, const Output& to) {
    ACREDITA_TRY(input, signature_input(use));
    ACREDITA_TRY(signature, use_key(in, use, input));
    if (signature.size() != signature_size(use)) return fail(CKR_DEVICE_ERROR);
    to.put(ByteView(signature));
    return {};
}

template <class Op>
Result<void> sign_whole(During<Op>& in, ByteView data, const Output& to) {
    ACREDITA_TRY(signing, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(signing->course, Course::whole));
    ACREDITA_TRY(go_on, ending.room(to, signature_size(*signing)));
    if (!go_on) return {};
    ACREDITA_CHECK(add_part(*signing, data));
    return finish(in, *signing, to);
}

} // namespace

Result<void> sign_init(Starting<Signing>& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_SIGN, CKA_SIGN});
}

Result<void> sign(During<Signing>& in, Input data, Output to) { return sign_whole(in, data.bytes, to); }

Result<void> sign_update(During<Signing>& in, Input data) {
    ACREDITA_TRY(signing, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(signing->course, Course::parts));
    ACREDITA_CHECK(add_part(*signing, data.bytes));
    ending.keep();
    return {};
}

Result<void> sign_final(During<Signing>& in, Output to) {
    ACREDITA_TRY(signing, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(signing->course, Course::parts));
    ACREDITA_TRY(go_on, ending.room(to, signature_size(*signing)));
    if (!go_on) return {};
    return finish(in, *signing, to);
}

// The mechanisms that do not hash make signatures from which the data can be read back.
Result<void> sign_recover_init(Starting<SignRecovering>& in, Required<CK_MECHANISM> mechanism,
                               CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_SIGN_RECOVER, CKA_SIGN_RECOVER});
}

Result<void> sign_recover(During<SignRecovering>& in, Input data, Output to) {
    return sign_whole(in, data.bytes, to);
}

} // namespace acredita::module::api
