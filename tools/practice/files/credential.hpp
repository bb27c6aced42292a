// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A key and its certificate as they were put on a card before it was handed out: the cards of these families
// take no key from outside.
#pragma once

#include "tools/practice/piv/key.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace acredita::practice::files {

struct Credential {
    ZeroingBytes key{}; // PKCS#8
    Bytes certificate{};
};

// A new RSA key with a certificate of its own making; the number stands in the name.
[[nodiscard]] Result<Credential> new_credential(unsigned bits, unsigned number);
// The first private key and the first certificate of a PEM file without a passphrase; practice.bad_card if it
// has none, or if they do not belong together.
[[nodiscard]] Result<Credential> read_credential(const std::filesystem::path& file);

[[nodiscard]] std::size_t modulus_size(const Credential& credential);
[[nodiscard]] Bytes modulus_of(const Credential& credential);
// SHA-1 of the modulus, as makers of cards name their keys.
[[nodiscard]] Bytes id_of(const Credential& credential);
// PKCS #1 (RFC 8017) 5.2.1 with the private key; empty if the number is too large.
[[nodiscard]] Bytes raw_rsa(const Credential& credential, ByteView block);
// The same of a DigestInfo, or whatever it is, padded as 9.2 says; empty if it is too long.
[[nodiscard]] Bytes padded_rsa(const Credential& credential, ByteView message);

[[nodiscard]] nlohmann::json to_json(const Credential& credential);
[[nodiscard]] Result<Credential> credential_from_json(const nlohmann::json& json);

} // namespace acredita::practice::files
