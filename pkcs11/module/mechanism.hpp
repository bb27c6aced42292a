// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one table of mechanisms: C_GetMechanismList, C_GetMechanismInfo and every C_...Init read it and nothing
// else. Sizes are bits of the modulus or field. Source: PKCS #11 v2.40 current mechanisms, 2.1 (RSA), 2.3
// (EC), 2.19 (SHA).
#pragma once

#include "firmware-profiles/dialect/types.hpp"
#include "pkcs11/module/digest.hpp"
#include "pkcs11/module/outcome.hpp"
#include "pkcs11/module/padding.hpp"

#include <vector>

namespace acredita::module {

enum class Scheme : std::uint8_t { digest, pkcs1, pss, oaep, raw, ecdsa, ecdh, generate };

struct Mechanism {
    CK_MECHANISM_TYPE type = 0;
    Scheme scheme = Scheme::digest;
    card::KeyType key = card::KeyType::rsa;
    Hash hash = Hash::none; // done by us first; none: the caller did it, or there is none
    CK_FLAGS flags = 0;     // without CKF_HW, which all that use a key have
};

// Of a Diffie-Hellman agreement (CK_ECDH1_DERIVE_PARAMS).
struct AgreementParameters {
    Hash kdf = Hash::none; // of X9.63; none: the shared secret as it is
    Bytes shared{};
    Bytes public_data{}; // the other side's point, bare or as a DER OCTET STRING
};

// What the card in the slot can do, as its profile says.
struct Abilities {
    std::vector<card::Algorithm> keys{}; // that it signs with
    std::vector<card::Algorithm> generated{};
    bool rsa_raw = false;
    bool rsa_pkcs1 = false;
    bool ecdsa = false;
    bool ecdh = false;
    bool rsa_decrypt = false; // with the padding taken away on the card
    bool rsa_pss = false;     // with one hash in it everywhere, and a salt of its size
    bool ecdsa_sha1 = false;  // hashed on the card
};

[[nodiscard]] std::span<const Mechanism> mechanisms() noexcept;
[[nodiscard]] bool available(const Mechanism& mechanism, const Abilities& abilities) noexcept;
[[nodiscard]] std::vector<CK_MECHANISM_TYPE> mechanism_list(const Abilities& abilities);
// MECHANISM_INVALID if there is none of this type that serves `purpose` (CKF_SIGN, ...; 0: any).
[[nodiscard]] Result<const Mechanism*> find_mechanism(CK_MECHANISM_TYPE type, CK_FLAGS purpose,
                                                      const Abilities& abilities);
[[nodiscard]] CK_MECHANISM_INFO mechanism_info(const Mechanism& mechanism,
                                               const Abilities& abilities) noexcept;

// Parameters of the caller, checked: MECHANISM_PARAM_INVALID.
[[nodiscard]] Result<PssParameters> pss_parameters(const CK_MECHANISM& given, const Mechanism& mechanism);
[[nodiscard]] Result<OaepParameters> oaep_parameters(const CK_MECHANISM& given);
[[nodiscard]] Result<AgreementParameters> agreement_parameters(const CK_MECHANISM& given);
[[nodiscard]] Result<void> no_parameters(const CK_MECHANISM& given);

} // namespace acredita::module
