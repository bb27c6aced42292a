// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys in PIV places: used (GENERAL AUTHENTICATE, SP 800-73-4 part 2, 3.2.4), generated (3.3.1), imported,
// deleted (Yubico's INS FE and F6).
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

// not_supported or algorithm_not_supported before anything is sent; asks the version only if the profile's
// answer depends on it.
enum class Use : std::uint8_t { use, import, generate };
[[nodiscard]] Result<std::uint8_t> algorithm_id(Application&, const card::Algorithm&, Use);

// The raw command, whatever the answer. data_refused if the data do not fit algorithm and operation.
[[nodiscard]] Result<ResponseApdu> send_operation(Application&, card::KeyReference, const card::Algorithm&,
                                                  card::Operation, ByteView data, Login login);
// What the operation's answer holds.
[[nodiscard]] Result<ZeroingBytes> parse_operation(const ResponseApdu&, const card::Algorithm&,
                                                   card::Operation);

[[nodiscard]] Result<void> import_key(Application&, card::KeyReference, const card::PrivateKey&,
                                      card::PinPolicy);
[[nodiscard]] Result<card::PublicKey> generate_key(Application&, card::KeyReference, const card::Algorithm&,
                                                   card::PinPolicy);
[[nodiscard]] Result<void> delete_key(Application&, card::KeyReference);

} // namespace acredita::dialect
