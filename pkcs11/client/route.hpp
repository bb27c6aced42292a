// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which slot of a module serves the card in a given reader.
#pragma once

#include "pkcs11/client/session.hpp"

#include <string_view>

namespace acredita::client {

// The slot of this module whose description is the reader's name, as far as 64 bytes tell it; where two names
// differ later only, our module's vendor object decides. A maker's module may cut or adorn the name, or name
// its slots as it likes if only one of them holds a token. slot_not_found, route_ambiguous.
[[nodiscard]] Result<CK_SLOT_ID> slot_for_reader(const std::shared_ptr<Module>& module,
                                                 std::string_view reader);

// Those whose description fits the reader's name best: equal to its first 64 bytes, before cut off anywhere
// or with something behind it, before with words around it. None fits: none.
[[nodiscard]] std::vector<SlotInfo> slots_of_reader(const std::vector<SlotInfo>& slots,
                                                    std::string_view reader);

} // namespace acredita::client
