// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/ending.hpp"

namespace acredita::module::api {

namespace {

// How long the text is only the card knows, so a size query is answered with the block's size at first; the
// text is kept when the buffer turns out to be too small, and the card is not asked again.
Result<void> finish(const InSession& in, Ending& ending, Decrypting& decrypting, const Output& to) {
    if (!decrypting.result) {
        if (to.asks_size()) {
            ending.keep();
            return to.room_for((decrypting.key->key->bits + 7) / 8);
        }
        ACREDITA_TRY(input, decryption_input(decrypting));
        ACREDITA_TRY(block, use_key(in, decrypting, input));
        ACREDITA_TRY(text, plain_text(decrypting, ByteView(block)));
        decrypting.result = std::move(text);
    }
    ACREDITA_TRY(go_on, ending.room(to, decrypting.result->size()));
    if (go_on) to.put(ByteView(*decrypting.result));
    return {};
}

} // namespace

Result<void> decrypt_init(Starting<Decrypting>& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE key) {
    return start(in, *mechanism, key, {CKF_DECRYPT, CKA_DECRYPT});
}

Result<void> decrypt(During<Decrypting>& in, Input data, Output to) {
    ACREDITA_TRY(decrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(decrypting->course, Course::whole));
    if (!decrypting->result && !to.asks_size()) ACREDITA_CHECK(add_part(*decrypting, data.bytes));
    return finish(in, ending, *decrypting, to);
}

Result<void> decrypt_update(During<Decrypting>& in, Input data, Output to) {
    ACREDITA_TRY(decrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(decrypting->course, Course::parts));
    if (!to.asks_size()) ACREDITA_CHECK(add_part(*decrypting, data.bytes));
    *to.length = 0; // an RSA block gives its text at the end
    ending.keep();
    return {};
}

Result<void> decrypt_final(During<Decrypting>& in, Output to) {
    ACREDITA_TRY(decrypting, in.operation());
    Ending ending(in);
    ACREDITA_CHECK(ending.take(decrypting->course, Course::parts));
    return finish(in, ending, *decrypting, to);
}

} // namespace acredita::module::api
