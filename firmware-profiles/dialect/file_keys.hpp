// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The private operation of a card of files, step by step as its profile's table operation has them: what the
// card is given (hash, DigestInfo or block), how it calls the algorithm, and in which commands.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

// The first status word that is not 9000, or the result. data_refused or algorithm_not_supported before
// anything is sent if no row of the profile takes this.
[[nodiscard]] Result<ResponseApdu> run_private_operation(Application&, card::KeyReference,
                                                         const card::Algorithm&, card::Operation,
                                                         ByteView data, Login login);

// Which hash a DigestInfo holds (RFC 8017, 9.2), and the hash itself; any: none that has a name here.
struct NamedHash {
    profile::HashName name = profile::HashName::any;
    ByteView hash{};
};
[[nodiscard]] NamedHash hash_in(ByteView digest_info) noexcept;

} // namespace acredita::dialect
