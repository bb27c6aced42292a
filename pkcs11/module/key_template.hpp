// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a caller's template asks to be created, read and checked before the card hears of it.
// Source: PKCS #11 v2.40 base, 4.1.1 (errors of templates), 4.6 (certificates), 4.9 (private keys).
#pragma once

#include "firmware-profiles/dialect/types.hpp"
#include "pkcs11/module/attribute.hpp"

namespace acredita::module {

struct NewCertificate {
    Bytes der{};
    Attributes
        named{}; // CKA_ID and CKA_LABEL as the caller wants them; ours are derived from the certificate
    std::optional<card::KeyReference> place{};
};

struct NewPrivateKey {
    card::PrivateKey key{};
    std::optional<card::PublicKey> public_key{}; // EC: only if the caller gave the point
    Attributes named{};
    bool always_authenticate = false;
    std::optional<card::KeyReference> place{};
};

struct NewKeyPair {
    card::Algorithm algorithm{};
    Attributes public_named{}, private_named{};
    bool always_authenticate = false;
    std::optional<card::KeyReference> place{};
};

// TEMPLATE_INCOMPLETE, TEMPLATE_INCONSISTENT, ATTRIBUTE_VALUE_INVALID, CURVE_NOT_SUPPORTED.
[[nodiscard]] Result<NewCertificate> read_new_certificate(const Template& given);
[[nodiscard]] Result<NewPrivateKey> read_new_private_key(const Template& given);
// Of a public key: RSA, or a point of a curve known here; the point bare or as a DER OCTET STRING.
[[nodiscard]] Result<card::PublicKey> read_public_key_template(const Template& given);
[[nodiscard]] Result<Bytes> bare_point(ByteView point, unsigned bits);
[[nodiscard]] Result<NewKeyPair> read_new_key_pair(card::KeyType type, const Template& public_half,
                                                   const Template& private_half);

} // namespace acredita::module
