// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The jobs of the kiosk, with this office's keys and journal: loading a card, another PIN, a blocked PIN. In
// the job's thread.
#pragma once

#include "tools/kiosk/controller/job_thread.hpp"
#include "tools/office/journal.hpp"

namespace acredita::kiosk {

// What is only known of the visit: how the person came, what document was seen. For the journal.
using VisitFacts = office::Facts;

// A card that still has the PIN or PUK of its factory is handed over first: its holder chooses the PIN once
// it is known whose certificate it will be. Errors: issue::run's, those of tools/desk/hand_over.hpp, and why
// a record could not be written.
[[nodiscard]] Result<Done> load_card(ByteView backup, const VisitFacts& visit, const Desk& desk);

// tools/desk/pin_visit.hpp, with a record in the journal.
[[nodiscard]] Result<Done> change_pin(const VisitFacts& visit, const Desk& desk);
[[nodiscard]] Result<Done> unblock_pin(const VisitFacts& visit, const Desk& desk);

} // namespace acredita::kiosk
