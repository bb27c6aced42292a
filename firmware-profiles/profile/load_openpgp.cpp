// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_tables.hpp"

namespace acredita::profile {

OpenPgpKeys read_openpgp(TableReader in) {
    OpenPgpKeys keys;
    if (!in.present()) return keys;
    in.number("exponent_bits", keys.exponent_bits, 17, 32, Need::required);
    in.word("import_format", keys.format, Need::required);
    keys.public_point = in.yes("public_point");
    in.finish();
    return keys;
}

} // namespace acredita::profile
