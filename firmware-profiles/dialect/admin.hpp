// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The administration key proves itself and lets the card prove it, too: SP 800-73-4 part 2, 3.2.4 and
// appendix A.1 (mutual authentication with a witness). Two exchanges; one more for each algorithm of the same
// key length the card refuses.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

// admin_key_malformed: no algorithm of the profile takes a key of this length; nothing was sent.
[[nodiscard]] Result<void> authenticate_admin(Application&, ByteView key);

} // namespace acredita::dialect
