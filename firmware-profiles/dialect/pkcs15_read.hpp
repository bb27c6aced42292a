// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Directory files of a card taken apart. Everything is hostile: an entry that lies about its length, is cut,
// repeats itself or is of a kind nobody knows is left out, and the ones behind it are still found. Zeros and
// FF between entries and behind them are padding. Bounded by the limits in pkcs15.hpp; no function fails.
#pragma once

#include "firmware-profiles/dialect/pkcs15.hpp"

namespace acredita::dialect::pkcs15 {

[[nodiscard]] Listing<Directory> read_odf(ByteView file);
[[nodiscard]] Listing<Key> read_private_keys(ByteView file);
[[nodiscard]] Listing<Key> read_public_keys(ByteView file);
[[nodiscard]] Listing<Certificate> read_certificates(ByteView file);
[[nodiscard]] Listing<Data> read_data(ByteView file);
[[nodiscard]] Listing<Pin> read_pins(ByteView file);
// nullopt: no TokenInfo at all.
[[nodiscard]] std::optional<TokenInfo> read_token_info(ByteView file);

// Of the beginning of a directory file: is there nothing more to read? True once padding follows the last
// entry. `wanted` bytes must at least be read to know more.
struct Progress {
    bool complete = false;
    std::size_t wanted = 0;
};
[[nodiscard]] Progress progress(ByteView read_so_far);

// A public key as cards keep it: SubjectPublicKeyInfo, RSAPublicKey, or a point with or without the OCTET
// STRING around it. answer_malformed for everything else.
[[nodiscard]] Result<card::PublicKey> read_public_key_value(ByteView value);

// The certificate at the beginning of a file, without what stands behind it. nullopt: there is none.
[[nodiscard]] std::optional<ByteView> certificate_in(ByteView file);

} // namespace acredita::dialect::pkcs15
