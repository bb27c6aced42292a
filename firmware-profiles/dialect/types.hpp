// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong between a card's application and us, and the values that cross that border.
//
// Nothing here knows PKCS#11, files or people; nothing knows which firmware it is.
#pragma once

#include "firmware-profiles/profile/words.hpp"
#include "pcsc/base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace acredita::card {

enum class card_errc {
    not_recognised = 1,  // no profile matches
    application_missing, // the AID that the profile names does not answer
    application_lost,    // another program selected something else or the card was reset under us
    pin_incorrect,       // detail: tries left
    pin_blocked,
    pin_malformed, // wrong length or characters; never sent
    pin_needed,    // 6982
    puk_incorrect,
    puk_blocked,
    admin_needed,
    admin_key_wrong, // the administration key is not the card's
    admin_key_malformed,
    admin_blocked,   // too few tries of the administration key are left to try one; detail: how many
    not_initialised, // a blank card: no PIN, no directory
    not_supported,   // this card cannot do this at all
    algorithm_not_supported,
    key_not_found,
    object_not_found,
    no_room,
    object_too_large,
    data_refused,     // 6A80
    write_failed,     // 6581
    answer_malformed, // the card's data make no sense
    refused,          // any other status word; detail: which
};

// An RSA or EC public key as PKCS#11 and X.509 both can use it.
struct PublicKey {
    KeyType type = KeyType::rsa;
    unsigned bits = 0; // RSA: of the modulus; EC: of the field
    Bytes modulus{};   // big-endian, no leading zero
    Bytes exponent{};  // big-endian, no leading zero
    Bytes curve_oid{}; // DER of the namedCurve OBJECT IDENTIFIER, with tag and length
    Bytes point{};     // uncompressed: 04 X Y
    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

// An RSA or EC private key on its way to the card. All big-endian; the RSA parts need no padding.
struct PrivateKey {
    KeyType type = KeyType::rsa;
    unsigned bits = 0;
    Secret p{}, q{}, dp{}, dq{}, qinv{};
    Bytes exponent{};
    Bytes curve_oid{};
    Secret d{};    // EC
    Bytes point{}; // EC: the public half, uncompressed, where somebody knows it
};

enum class Origin : std::uint8_t { unknown, generated, imported };
enum class Known : std::uint8_t { unknown, no, yes };

struct KeySlot {
    KeyReference reference = 0;
    Bytes certificate{};                   // DER, unpacked; empty: none
    std::optional<PublicKey> public_key{}; // from the card's metadata; absent: read it from the certificate
    Known key_present = Known::unknown;
    PinPolicy pin_policy = PinPolicy::once; // never card_default once it comes from a card
    Origin origin = Origin::unknown;
    friend bool operator==(const KeySlot&, const KeySlot&) = default;
};

struct Identity {
    std::string manufacturer; // each ASCII, constant for the life of the card
    std::string model;
    std::string serial; // unique; at most 16 characters; "" only if the card has none at all
    std::string label;
};

struct PinStatus {
    std::optional<unsigned>
        tries_left{}; // absent: the card does not say (e.g. because it is verified already)
    std::optional<unsigned> tries_total{};
    Known factory = Known::unknown; // still the value it was delivered with
    bool verified = false;
};

} // namespace acredita::card

namespace acredita {
template <>
struct ErrorTable<card::card_errc> {
    using enum card::card_errc;
    static constexpr std::string_view family = "card";
    static constexpr ErrorRow<card::card_errc> rows[] = {
        {not_recognised, "not_recognised", "no profile matches this card"},
        {application_missing, "application_missing", "the card's application does not answer"},
        {application_lost, "application_lost", "another program changed the state of the card"},
        {pin_incorrect, "pin_incorrect", "the PIN is wrong"},
        {pin_blocked, "pin_blocked", "the PIN is blocked"},
        {pin_malformed, "pin_malformed", "the card takes no PIN of this form"},
        {pin_needed, "pin_needed", "the card asks for the PIN first"},
        {puk_incorrect, "puk_incorrect", "the PUK is wrong"},
        {puk_blocked, "puk_blocked", "the PUK is blocked"},
        {admin_needed, "admin_needed", "the card asks for its administration key first"},
        {admin_key_wrong, "admin_key_wrong", "the administration key is not this card's"},
        {admin_key_malformed, "admin_key_malformed", "the card takes no administration key of this form"},
        {not_initialised, "not_initialised", "this card has not been prepared yet"},
        {admin_blocked, "admin_blocked", "the administration key is blocked, or one try short of it"},
        {not_supported, "not_supported", "this card cannot do this"},
        {algorithm_not_supported, "algorithm_not_supported",
         "this card does not take this kind or size of key"},
        {key_not_found, "key_not_found", "there is no key in this place of the card"},
        {object_not_found, "object_not_found", "there is no such object on the card"},
        {no_room, "no_room", "the card is full"},
        {object_too_large, "object_too_large", "the card takes no object of this size"},
        {data_refused, "data_refused", "the card refused the data"},
        {write_failed, "write_failed", "the card's memory could not be written"},
        {answer_malformed, "answer_malformed", "the card's answer makes no sense"},
        {refused, "refused", "the card refused the command"},
    };
};
} // namespace acredita
