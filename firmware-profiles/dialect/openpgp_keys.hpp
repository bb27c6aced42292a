// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The three keys of an OpenPGP card: used (PSO and INTERNAL AUTHENTICATE, 3.4, 7.2.10 to 7.2.13), generated
// (7.2.14), brought in (7.2.8 with 4.4.3.12), ended.
#pragma once

#include "firmware-profiles/dialect/openpgp_data.hpp"

namespace acredita::dialect::openpgp {

// The raw command, whatever the answer. data_refused if the data do not fit place, algorithm and operation.
[[nodiscard]] Result<ResponseApdu> send_operation(Application&, Use, const card::Algorithm&, card::Operation,
                                                  ByteView data, Login login);
[[nodiscard]] Result<ZeroingBytes> parse_operation(const ResponseApdu&, const card::Algorithm&,
                                                   card::Operation);

// Nothing is sent if the card is set to this kind of key already. Otherwise the key that is there ends.
[[nodiscard]] Result<void> set_algorithm(Application&, ApplicationData&, Use, const card::Algorithm&);
// The place must be set to the key's algorithm. `known` is its public half, if somebody knows it; without it
// an elliptic curve costs one more exchange. Fingerprint and date are written, so that others see the key.
[[nodiscard]] Result<card::PublicKey> import_key(Application&, ApplicationData&, Use, const card::PrivateKey&,
                                                 const std::optional<card::PublicKey>& known);
[[nodiscard]] Result<card::PublicKey> generate_key(Application&, ApplicationData&, Use,
                                                   const card::Algorithm&);
[[nodiscard]] Result<card::PublicKey> read_public_key(Application&, const ApplicationData&, Use);
// By changing the algorithm there and back; refused if the card keeps the key all the same.
[[nodiscard]] Result<void> delete_key(Application&, ApplicationData&, Use);

} // namespace acredita::dialect::openpgp
