// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a stick is mounted for. `save` is for one file of ours, after a person's yes.
#pragma once

namespace acredita::stick {

enum class Access { read, save };

} // namespace acredita::stick
