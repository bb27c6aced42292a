// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A private key as an OpenPGP card wants it: its algorithm attributes (3.4, 4.4.3.9), the extended header
// list 4D (4.4.3.12), and the fingerprint under which OpenPGP programs know it (RFC 4880, 12.2).
#pragma once

#include "firmware-profiles/dialect/openpgp_data.hpp"

namespace acredita::dialect::openpgp {

// What attributes say; nullopt if they are of no kind we know.
[[nodiscard]] std::optional<card::Algorithm> algorithm_of(ByteView attributes) noexcept;
// The attributes for a key of this kind, after the pattern the card shows, or else its profile.
[[nodiscard]] Result<Bytes> attributes_for(const ApplicationData&, const profile::Profile&, Use,
                                           const card::Algorithm&);

// `attributes` are those of the place now; `point` (uncompressed) is only wanted by some cards for EC keys.
// algorithm_not_supported if the key has not the parts or sizes that they declare.
[[nodiscard]] Result<ZeroingBytes> extended_header_list(Use, ByteView attributes, const card::PrivateKey&,
                                                        ByteView point);

[[nodiscard]] Bytes control_reference(Use);
[[nodiscard]] Bytes fingerprint(const card::PublicKey&, Use, std::uint32_t created);

} // namespace acredita::dialect::openpgp
