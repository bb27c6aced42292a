// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job as the kiosk does it: with this office's keys and journal. In the job's thread.
#pragma once

#include "tools/issue/job.hpp"
#include "tools/office/journal.hpp"

namespace acredita::kiosk {

// What is only known of the visit: how the person came, what document was seen. For the journal.
using VisitFacts = office::Facts;

// Errors: issue::run's, and why a record could not be written.
[[nodiscard]] Result<issue::Receipt> load_card(ByteView backup, const VisitFacts& visit,
                                               issue::People& people, issue::Progress& progress);

} // namespace acredita::kiosk
