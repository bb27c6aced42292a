// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A whole visit for loading a card: the main job between its first and its last record in the journal.
#pragma once

#include "tools/desk/journalled.hpp"
#include "tools/issue/job.hpp"

namespace acredita::desk {

// `journal` may be nullptr. `visit`: what is only known of the visit, not of the job. The receipt carries the
// journal's head. Errors: those of issue::run, or why a record could not be written.
[[nodiscard]] Result<issue::Receipt> load(const issue::Request& request, issue::People& people,
                                          issue::Progress& screen, office::Journal* journal,
                                          const office::Facts& visit);

} // namespace acredita::desk
