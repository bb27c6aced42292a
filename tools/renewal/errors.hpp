// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can stop a renewal, besides the errors of the rooms it uses.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::renewal {

enum class renewal_errc {
    out_of_order = 1, // detail: what was to be done, and where the renewal is
    no_case,          // this card has no renewal that is not finished
    other_case,       // the same person has one with another card; detail: its number
    record_damaged,   // detail: the case's number
    too_early,        // detail: from when
    expired_refused,  // the policy renews nothing that has expired; detail: since when
    renewed_before,   // renewed online once already
    not_yet_valid,    // detail: from when
    supervisor_needed,
    reason_needed,
    email_malformed, // detail: the address
    emails_differ,
    phone_malformed,
    not_agreed,       // the review was answered with no: nothing was begun
    old_key_missing,  // neither on the card nor in the backup that was brought
    several_old,      // detail: how many certificates the card holds
    no_spare_place,   // the card has no free place for a second key
    cannot_generate,  // the card makes no keys of that kind; detail: the kind
    old_password,     // the password of the old backup was typed for the new one
    old_certificate,  // what arrived is the certificate that is renewed
    no_certificate,   // what arrived holds none
    other_key,        // what arrived belongs to another key
    other_person,     // ... names somebody else
    not_newer,        // ... ends no later than the old one; detail: when
    weak_key,         // detail: "RSA 1024"
    folder_needed,    // nobody said where the letters are kept
    letter_missing,   // detail: the file
    portals_open,     // detail: the portals that nobody has confirmed
    portal_unknown,   // detail: its name
    removal_refused,  // nobody agreed to remove the old key
    removal_unproven, // the old key still answers; detail: how that showed
    ended,            // this renewal ended earlier; detail: how
};

} // namespace acredita::renewal

template <>
struct acredita::ErrorTable<acredita::renewal::renewal_errc> {
    using enum renewal::renewal_errc;
    static constexpr std::string_view family = "renewal";
    static constexpr ErrorRow<renewal::renewal_errc> rows[] = {
        {out_of_order, "out_of_order", "it is not this step's turn"},
        {no_case, "no_case", "this card has no unfinished renewal"},
        {other_case, "other_case", "the same person has an unfinished renewal with another card"},
        {record_damaged, "record_damaged", "what was kept of the renewal cannot be read"},
        {too_early, "too_early", "the certificate may not be renewed yet"},
        {expired_refused, "expired_refused", "the policy renews no certificate that has expired"},
        {renewed_before, "renewed_before", "the certificate comes of a renewal itself"},
        {not_yet_valid, "not_yet_valid", "the certificate is not valid yet"},
        {supervisor_needed, "supervisor_needed", "this renewal needs a supervisor"},
        {reason_needed, "reason_needed", "this renewal needs a reason"},
        {email_malformed, "email_malformed", "the e-mail address is malformed"},
        {emails_differ, "emails_differ", "the e-mail address was not typed the same way twice"},
        {phone_malformed, "phone_malformed", "the telephone number is malformed"},
        {not_agreed, "not_agreed", "nobody agreed to what was reviewed"},
        {old_key_missing, "old_key_missing", "the old key is not at hand"},
        {several_old, "several_old", "the card holds several certificates and none was named"},
        {no_spare_place, "no_spare_place", "the card has no free place for a new key"},
        {cannot_generate, "cannot_generate", "the card cannot make this kind of key"},
        {old_password, "old_password", "this is the password of the old backup"},
        {old_certificate, "old_certificate", "this is the certificate that is being renewed"},
        {no_certificate, "no_certificate", "the file holds no certificate"},
        {other_key, "other_key", "no certificate in the file belongs to the new key"},
        {other_person, "other_person", "the certificate names another person"},
        {not_newer, "not_newer", "the certificate ends no later than the one it renews"},
        {weak_key, "weak_key", "the new key is too weak"},
        {folder_needed, "folder_needed", "no folder for the letters is known"},
        {letter_missing, "letter_missing", "a letter is not where it was left"},
        {portals_open, "portals_open", "portals have not been confirmed"},
        {portal_unknown, "portal_unknown", "there is no such portal"},
        {removal_refused, "removal_refused", "nobody agreed to remove the old key"},
        {removal_unproven, "removal_unproven", "the old key still answers"},
        {ended, "ended", "the renewal has ended"},
    };
};
