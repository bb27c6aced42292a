// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong with what the office remembers. The two engines tell the same trouble in different words;
// here each trouble has one name.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::office {

enum class office_errc {
    configuration_invalid = 1, // detail: what
    configuration_unsafe,      // others than its owner may write it; detail: why
    several_kiosks,            // more than one kiosk, and a database in a file
    database_unreachable,      // detail: what the engine says
    database_busy,             // another kiosk has been writing for longer than we wait
    database_full,             // no room on the disk
    database_damaged,          // detail: what the engine says
    database_forbidden,        // this user may not
    database_newer,            // made by a later version of this program; detail: "7 > 3"
    database_trouble,          // anything else an engine can say; detail: what
    already_there,             // something of that name exists
    text_refused,              // a text that cannot be kept; detail: which
    journal_broken,            // detail: the number of the record
    checkpoint_refused,        // the card's signature does not verify; detail: why
    month_unknown,             // detail: the month
    month_in_use,              // this month's, or one that an open case still needs; detail: the month
    head_malformed,            // not "12:ABCD..."
    folio_malformed,           // detail: the folio
    folio_unknown,             // detail: the folio
    case_unknown,              // detail: the number
    case_changed,              // somebody else went on with it in the meantime; detail: the number
    case_open,                 // this card has one already; detail: its number
    import_unreadable,         // detail: "line 7: why"
    import_too_large,          // detail: what
    appointment_unknown,       // detail: the code
};

} // namespace acredita::office

template <>
struct acredita::ErrorTable<acredita::office::office_errc> {
    using enum office::office_errc;
    static constexpr std::string_view family = "office";
    static constexpr ErrorRow<office::office_errc> rows[] = {
        {configuration_invalid, "configuration_invalid", "the office's configuration cannot be read"},
        {configuration_unsafe, "configuration_unsafe", "others may change the office's configuration"},
        {several_kiosks, "several_kiosks", "several kiosks need a database that they share"},
        {database_unreachable, "database_unreachable", "the office's database cannot be reached"},
        {database_busy, "database_busy", "the office's database is busy"},
        {database_full, "database_full", "there is no room for the office's database"},
        {database_damaged, "database_damaged", "the office's database is damaged"},
        {database_forbidden, "database_forbidden", "the office's database may not be used"},
        {database_newer, "database_newer", "the office's database is of a later version"},
        {database_trouble, "database_trouble", "the office's database failed"},
        {already_there, "already_there", "something of that name exists already"},
        {text_refused, "text_refused", "a text cannot be kept"},
        {journal_broken, "journal_broken", "the chain of the journal is broken"},
        {checkpoint_refused, "checkpoint_refused", "the signature of a checkpoint does not verify"},
        {month_unknown, "month_unknown", "there is no key of that month"},
        {month_in_use, "month_in_use", "the key of that month is still needed"},
        {head_malformed, "head_malformed", "this is no head of a journal"},
        {folio_malformed, "folio_malformed", "this is no folio"},
        {folio_unknown, "folio_unknown", "no letter of that folio was issued"},
        {case_unknown, "case_unknown", "there is no such case"},
        {case_changed, "case_changed", "the case was changed in the meantime"},
        {case_open, "case_open", "there is an open case already"},
        {import_unreadable, "import_unreadable", "the list of appointments cannot be read"},
        {import_too_large, "import_too_large", "the list of appointments is too large"},
        {appointment_unknown, "appointment_unknown", "there is no such appointment"},
    };
};
