// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/card_look.hpp"

#include "pkcs11/client/objects.hpp"

namespace acredita::kiosk {
namespace {

using client::Ask;

Result<void> look(CardLook& card, const client::Choice& choice) {
    ACREDITA_TRY(reader, issue::find_card(""));
    card.atr = reader.atr;
    card.reader = reader.name.text;
    ACREDITA_TRY(target, issue::find_target(choice, ""));
    card.model = target.token.model;
    card.maker = target.token.manufacturer;
    card.label = target.token.label;
    card.serial = target.token.serial;
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_only));
    ACREDITA_TRY(facts, client::card_facts(session, Ask::pin | Ask::puk | Ask::storing | Ask::names));
    card.facts = std::move(facts);
    ACREDITA_TRY(entries, client::certificates(session));
    for (const auto& entry : entries) {
        auto summary = issue::summarise(entry.der, issue::Clock::now());
        if (!summary) continue; // one bad certificate hides no other
        const auto keys = client::find_by_id(session, client::ObjectClass::private_key, entry.id);
        card.holds.push_back({*std::move(summary), keys && !keys->empty()});
    }
    return {};
}

} // namespace

CardLook look_at_card(const client::Choice& choice) {
    CardLook card;
    if (auto seen = look(card, choice); !seen) {
        card.fault = std::move(seen.error());
        return card;
    }
    if (card.facts.can_import == false) card.fault = fail(issue::issue_errc::import_not_possible).value();
    if (card.facts.pin == client::PinLight::locked || card.facts.pin_tries_left == 0U)
        card.fault = fail(issue::issue_errc::pin_blocked).value();
    return card;
}

} // namespace acredita::kiosk
