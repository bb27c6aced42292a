// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a job asks a person, and what it gets back. The counterpart on the screen is a page.
#pragma once

#include "tools/desk/pin_people.hpp"
#include "tools/issue/people.hpp"

#include <variant>
#include <vector>

namespace acredita::kiosk {

struct Question {
    enum class Kind {
        passphrase,     // Secret
        choose,         // std::size_t, of `certificates`
        review,         // Agreed, of the only one of `certificates`
        expired,        // bool, likewise
        overwrite,      // bool, of `loss`
        last_try,       // bool, of `which`
        pin,            // Secret, `pin`
        current,        // Secret, `which`, `pin`: what is valid now, to be changed
        fresh,          // Secret, `which`; `refused`: why the last one was not taken
        look_at_reader, // nothing: the reader asks
    };
    Kind kind{};
    unsigned wrong_before = 0;
    std::vector<issue::CertificateSummary> certificates{};
    issue::Loss loss{};
    issue::PinQuestion pin{};
    desk::PinKind which = desk::PinKind::pin;
    std::optional<Error> refused{};
    bool again = false; // look_at_reader: for the proof
};

struct Agreed {};
using Answer = std::variant<Agreed, Secret, std::size_t, bool, Error>;

} // namespace acredita::kiosk
