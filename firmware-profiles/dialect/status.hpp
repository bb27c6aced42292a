// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a status word means, by the kind of command it answers: one table (ISO 7816-4:2005 table 6, SP
// 800-73-4 part 2, clause 3, and what Yubico's and PivApplet's extensions answer).
#pragma once

#include "firmware-profiles/dialect/types.hpp"
#include "pcsc/apdu/status_word.hpp"

namespace acredita::dialect {

enum class Step : std::uint8_t {
    any,
    query,
    read,
    write,
    verify,
    change_pin,
    unblock,
    admin,
    use_key,
    import,
    generate,
    delete_key,
    // Of a card whose user writes:
    make_file,
    write_file,
    user_import,
    user_generate,
};

// Only for what is not 9000. The detail is the number of tries for a wrong PIN or PUK, else the status word.
[[nodiscard]] Error judge(Step step, StatusWord sw);

} // namespace acredita::dialect
