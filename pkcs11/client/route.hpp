// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which module and which of its slots serve the card in a given reader: ours for what the profiles recognise, a
// maker's where a profile names one. The only part of the client that reads profiles (schema and matching alone).
#pragma once

#include "pkcs11/client/session.hpp"

#include <string_view>

namespace acredita::client {

struct Route {
    std::shared_ptr<Module> module;
    CK_SLOT_ID slot = 0;
    std::string profile; // names of the profiles whose ATR rules match; the module decides among them by asking
    bool ours = false;
};

// `reader`: the name PC/SC gives it; `atr`: of the card in it now. route_none, route_ambiguous, slot_not_found, or why
// the module could not be loaded.
[[nodiscard]] Result<Route> find_route(std::string_view reader, ByteView atr, const std::filesystem::path& our_module);

// The slot of this module whose description is the reader's name, as far as 64 bytes tell it.
[[nodiscard]] Result<CK_SLOT_ID> slot_for_reader(const std::shared_ptr<Module>& module, std::string_view reader);

} // namespace acredita::client
