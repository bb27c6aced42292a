// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an office keeps of a renewal as long as it lasts: the facts of its case. Nothing of a secret; what is
// personal in it goes with the case (tools/office/cases.hpp).
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/office/canonical.hpp"
#include "tools/renewal/contact.hpp"
#include "tools/renewal/policy.hpp"
#include "tools/renewal/state.hpp"

#include <cstdint>
#include <vector>

namespace acredita::renewal {

struct Record {
    Path path = Path::issued;
    Policy policy = Policy::expired_allowed;
    Bytes old_certificate{}; // DER
    bool old_on_card = true; // false: in a backup alone
    Contact contact{};
    std::string user{};     // the name in the portals, which stays
    std::string language{}; // of the letters: "es"

    Bytes new_certificate{};             // DER; of the request path: once it has arrived
    Bytes new_key{};                     // DER SubjectPublicKeyInfo
    Bytes new_identifier{};              // CKA_ID
    Bytes request{};                     // PKCS#10, DER
    std::optional<std::uint8_t> place{}; // of the card, for the new key

    // What the letters are made of, so that each can be made again, byte for byte.
    std::string folio{};
    Bytes nonce{};
    std::string first_issued{}, second_issued{}; // "2026-11-21T09:30:00Z"
    Bytes first_signed{};                        // SHA-256 of the first letter as signed
    std::vector<std::string> portals{};          // that somebody has confirmed or left out
};

[[nodiscard]] office::Facts facts_of(const Record& record);
// record_damaged without a number.
[[nodiscard]] Result<Record> record_of(const office::Facts& facts);

} // namespace acredita::renewal
