// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who a certificate names, and what a letter tells of its key; and whether another certificate renews it.
#pragma once

#include "tools/letter/document/values.hpp"
#include "tools/renewal/policy.hpp"

namespace acredita::renewal {

struct Party {
    std::string name, nif;
    letter::KeyFacts key{};
    Time not_before{}, not_after{};
    std::string sha256{}; // of the certificate, upper-case hexadecimal
};
// document.no_identity if it names nobody by a number.
[[nodiscard]] Result<Party> party_of(ByteView certificate);
// Of a key that has no certificate yet. `spki`: DER SubjectPublicKeyInfo.
[[nodiscard]] Result<letter::KeyFacts> key_of(ByteView spki);

// SHA-256 of the DER, as the letters' checks compare keys.
[[nodiscard]] Result<Bytes> fingerprint(ByteView spki);

// old_certificate, document.same_key, other_person, not_newer, weak_key.
[[nodiscard]] Result<void> check_renews(const Party& old, const Party& renewed);

} // namespace acredita::renewal
