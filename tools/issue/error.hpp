// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can end the main job, besides the errors of the layers below it, which are passed on as they are.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::issue {

enum class issue_errc {
    no_reader = 1,
    reader_not_found, // detail: the name that was asked for
    no_card,
    several_cards,         // detail: how many; the caller must name a reader
    card_not_usable,       // a card without an application of ours
    import_not_possible,   // the card, as it is, takes no keys from outside
    key_not_supported,     // detail: "RSA 4096"
    certificate_too_large, // detail: "3100 > 3052"
    pin_blocked,
    pin_wrong, // detail: tries left, "?" if not known
    pin_malformed,
    last_try, // one try left and nobody said yes
    admin_key_missing,
    admin_key_unknown,   // the card refuses the key this office has
    admin_key_unsafe,    // the file that holds it can be read or changed by others; detail: why
    overwrite_refused,   // detail: the place
    several_credentials, // detail: how many
    no_such_choice,
    expired,       // detail: since when
    not_yet_valid, // detail: from when
    card_removed,  // detail: the step
    another_card,
    proof_certificate, // what was read back is not what was stored
    proof_signature,   // the card's signature does not verify under the certificate
    proof_pin,         // the card signed without its PIN
    proof_protection,  // the key is not sensitive or can be taken out
    proof_missing,     // certificate or key was not found after the reset
    cancelled,
    configuration_invalid, // detail: what
    receipt_not_written,   // detail: why
};

} // namespace acredita::issue

template <>
struct acredita::ErrorTable<acredita::issue::issue_errc> {
    using enum issue::issue_errc;
    static constexpr std::string_view family = "issue";
    static constexpr ErrorRow<issue::issue_errc> rows[] = {
        {no_reader, "no_reader", "there is no card reader"},
        {reader_not_found, "reader_not_found", "there is no reader of that name"},
        {no_card, "no_card", "there is no card in the reader"},
        {several_cards, "several_cards", "there are cards in several readers"},
        {card_not_usable, "card_not_usable", "the module does not serve this card"},
        {import_not_possible, "import_not_possible", "this card takes no keys from outside"},
        {key_not_supported, "key_not_supported", "this card does not take this kind or size of key"},
        {certificate_too_large, "certificate_too_large",
         "the certificate is larger than the card's place for it"},
        {pin_blocked, "pin_blocked", "the PIN is blocked"},
        {pin_wrong, "pin_wrong", "the PIN is wrong"},
        {pin_malformed, "pin_malformed", "the card takes no PIN of this form"},
        {last_try, "last_try", "only one try is left and nobody agreed to spend it"},
        {admin_key_missing, "admin_key_missing",
         "the card needs an administration key and none is configured"},
        {admin_key_unknown, "admin_key_unknown", "the card does not accept this office's administration key"},
        {admin_key_unsafe, "admin_key_unsafe", "the file of the administration key is not kept safely"},
        {overwrite_refused, "overwrite_refused", "the place is occupied and nobody agreed to overwrite it"},
        {several_credentials, "several_credentials",
         "the backup holds several certificates and none was chosen"},
        {no_such_choice, "no_such_choice", "the backup holds no certificate of that number"},
        {expired, "expired", "the certificate has expired"},
        {not_yet_valid, "not_yet_valid", "the certificate is not valid yet"},
        {card_removed, "card_removed", "the card went away in the middle"},
        {another_card, "another_card", "another card lies in the reader now"},
        {proof_certificate, "proof_certificate", "the certificate read back is not the one that was stored"},
        {proof_signature, "proof_signature", "the card's signature does not verify under the certificate"},
        {proof_pin, "proof_pin", "the card signs without its PIN"},
        {proof_protection, "proof_protection", "the key on the card is not protected"},
        {proof_missing, "proof_missing", "what was stored is not found on the card"},
        {cancelled, "cancelled", "the job was cancelled"},
        {configuration_invalid, "configuration_invalid", "the configuration cannot be read"},
        {receipt_not_written, "receipt_not_written", "the receipt could not be written"},
    };
};
