// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

Result<void> encrypt_init(Starting<Encrypting>& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_ENCRYPT, CKA_ENCRYPT, CKO_PUBLIC_KEY});
}

namespace {

Result<void> finish(const Encrypting& encrypting, const Output& to) {
    ACREDITA_TRY(block, encrypted(encrypting));
    to.put(block);
    return {};
}

} // namespace

Result<void> encrypt(During<Encrypting>& in, Input data, Output to) {
    ACREDITA_TRY(encrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(encrypting->course, Course::whole));
    ACREDITA_TRY(go_on, ending.room(to, encrypting->key->key->modulus.size()));
    if (!go_on) return {};
    ACREDITA_CHECK(add_part(*encrypting, data.bytes));
    return finish(*encrypting, to);
}

Result<void> encrypt_update(During<Encrypting>& in, Input data, Output to) {
    ACREDITA_TRY(encrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(encrypting->course, Course::parts));
    if (!to.asks_size()) ACREDITA_CHECK(add_part(*encrypting, data.bytes));
    *to.length = 0; // an RSA block is made at the end
    ending.keep();
    return {};
}

Result<void> encrypt_final(During<Encrypting>& in, Output to) {
    ACREDITA_TRY(encrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(encrypting->course, Course::parts));
    ACREDITA_TRY(go_on, ending.room(to, encrypting->key->key->modulus.size()));
    if (!go_on) return {};
    return finish(*encrypting, to);
}

} // namespace acredita::module::api
