// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

Result<void> verify_init(Starting<Verifying>& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_VERIFY, CKA_VERIFY, CKO_PUBLIC_KEY});
}

Result<void> verify(During<Verifying>& in, Input data, Input signature) {
    ACREDITA_TRY(verifying, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(verifying->course, Course::whole));
    ACREDITA_CHECK(add_part(*verifying, data.bytes));
    return check_signature(*verifying, signature.bytes);
}

Result<void> verify_update(During<Verifying>& in, Input data) {
    ACREDITA_TRY(verifying, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(verifying->course, Course::parts));
    ACREDITA_CHECK(add_part(*verifying, data.bytes));
    ending.keep();
    return {};
}

Result<void> verify_final(During<Verifying>& in, Input signature) {
    ACREDITA_TRY(verifying, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(verifying->course, Course::parts));
    return check_signature(*verifying, signature.bytes);
}

Result<void> verify_recover_init(Starting<VerifyRecovering>& in, Required<CK_MECHANISM> mechanism,
                                 CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_VERIFY_RECOVER, CKA_VERIFY_RECOVER, CKO_PUBLIC_KEY});
}

Result<void> verify_recover(During<VerifyRecovering>& in, Input signature, Output to) {
    ACREDITA_TRY(recovering, in.operation());
    Ending ending(in);
    ACREDITA_TRY(data, recover_data(*recovering, signature.bytes));
    ACREDITA_TRY(go_on, ending.room(to, data.size()));
    if (go_on) to.put(data);
    return {};
}

} // namespace acredita::module::api
