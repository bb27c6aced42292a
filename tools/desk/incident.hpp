// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A short name for one thing that went wrong, "A7-3F2K": said on the telephone, in the journal, on the page
// and in the support bundle, so that all four are found together. Five signs by lot and one by which a slip
// of the tongue shows: every wrong sign and every swapped pair of neighbours does. The signs are Crockford's
// (no I, L, O, U), and what sounds or looks alike is read as the sign it is taken for.
#pragma once

#include "tools/desk/error.hpp"
#include "tools/desk/office.hpp"

#include <string>
#include <string_view>

namespace acredita::desk {

class Incident {
public:
    // not_random
    [[nodiscard]] static Result<Incident> draw();
    // As people type it: small letters, blanks and hyphens anywhere. incident_malformed.
    [[nodiscard]] static Result<Incident> read(std::string_view typed);

    [[nodiscard]] const std::string& code() const noexcept { return code_; }
    // For a code that a telephone reads: "ACREDITA:INCIDENCIA:1:A7-3F2K:<office code>:<name of the error>".
    [[nodiscard]] std::string as_code(const Error& error) const;

private:
    explicit Incident(std::string code) : code_(std::move(code)) {}
    std::string code_;
};

// The record by which it is found in the journal: "incident", failed, with code and name of the error.
// `journal` may be nullptr.
[[nodiscard]] Result<void> record_incident(office::Journal* journal, const Incident& incident,
                                           const Error& error);

} // namespace acredita::desk
