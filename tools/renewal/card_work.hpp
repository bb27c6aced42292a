// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Sessions and logins on the card of a renewal; used only by the files card*.cpp.
#pragma once

#include "tools/renewal/card.hpp"

namespace acredita::renewal {

[[nodiscard]] Result<client::Session> session_on(Card& card, client::Access access);
[[nodiscard]] Result<void> become_holder(Card& card, client::Session& session);
// Whoever may write on this card: its administrator, or the holder.
[[nodiscard]] Result<void> become_storer(Card& card, client::Session& session);

// Private keys in this place of the card; a key without a certificate is found by it alone.
[[nodiscard]] Result<std::vector<client::Object>> keys_at(client::Session& session, std::uint8_t place);

} // namespace acredita::renewal
