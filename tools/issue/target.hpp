// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which reader, which card, which slot of which module: what the job works on. Reading this costs no secret
// and, with our module, only the card's SELECT and serial number.
#pragma once

#include "pcsc/reader/context.hpp"
#include "pkcs11/client/route/choice.hpp"
#include "pkcs11/client/vendor.hpp"
#include "tools/issue/error.hpp"

namespace acredita::issue {

struct Target {
    std::optional<reader::ReaderState> reader; // nullopt: a token that is no card in a reader (SoftHSM)
    client::Road road{};
    std::shared_ptr<client::Module> module{};
    CK_SLOT_ID slot = 0;
    client::TokenInfo token{};
    std::chrono::steady_clock::time_point changed{}; // begun, or written to: a module may show it late
};

// The reader called `wanted` (any part of its name), or the only one with a card. no_reader,
// reader_not_found, no_card, several_cards, card_not_usable, reader.card_mute ...; or why the module cannot
// be loaded.
[[nodiscard]] Result<reader::ReaderState> find_card(std::string_view wanted);
// A card that our module does not serve is looked for in makers' modules (makers_target), unless a person
// forced the module.
[[nodiscard]] Result<Target> find_target(const client::Choice& choice, std::string_view wanted);

// The card by a maker's module that is installed here and serves it; nullopt: none is, or a person forced
// another module. route_ambiguous if two serve it; why a module cannot be used if that is what keeps it from
// serving.
[[nodiscard]] Result<std::optional<Target>> makers_target(const client::Choice& choice,
                                                          const reader::ReaderState& card);

// Once every session is closed: the card is restarted, and a maker's module as its manners say, so that
// neither knows anything of us; then the same card is looked for again. card_removed, another_card, or why
// the module does not see it.
[[nodiscard]] Result<void> begin_afresh(Target& target);

// Resets the card for everybody, so that nothing it knew of us is left. Nothing to do for a token without a
// reader, or if its module lets nobody else reset it.
[[nodiscard]] Result<void> restart_card(const Target& target);

// Is the card that the job began with still there? False as well if it left and came back meanwhile.
[[nodiscard]] bool still_there(const Target& target);

} // namespace acredita::issue
