// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What technical support needs to know of something that went wrong, as one small file of JSON. It can be
// sent by mail: there is no place in it for a secret, a name, an identity number, a file's name or a serial
// number. It is made of enumerated words and numbers; the few texts that come from outside (names of readers,
// of the module, of the system) lose every sign that is not plain and every number of four digits or more.
#pragma once

#include "firmware-profiles/profile/family.hpp"
#include "tools/desk/incident.hpp"
#include "tools/desk/preflight.hpp"
#include "tools/desk/step_times.hpp"

namespace acredita::desk {

struct SupportCase {
    const Incident& incident;
    std::string_view program;                  // "acredita-kiosk"
    const Error& error;                        // its detail stays out
    std::span<const TimedStep> steps{};        // of the job
    std::span<const Check> checks{};           // of a preflight made now
    std::optional<std::string> card_profile{}; // CardFacts::profile, a name of ours
    const profile::Family* family = nullptr;   // of a card that nobody serves
    bool practice = false;
    office::Clock::time_point now = office::Clock::now();
};

// One object, two blanks of indentation, final newline; at most some kilobytes.
[[nodiscard]] std::string support_bundle(const SupportCase& what);

// A text from outside as it may stand there: plain letters, digits, blanks and " .,:;()+-_/#", digits in runs
// of four or more as "#", 80 at most.
[[nodiscard]] std::string harmless(std::string_view text);

} // namespace acredita::desk
