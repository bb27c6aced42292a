// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's PIN and PUK: asked about, presented, changed, and the same by a reader with keys of its own.
#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/card/typed_pin.hpp"
#include "firmware-profiles/dialect/pin.hpp"

namespace acredita::card {

Result<PinStatus> PivCard::pin_status(Channel& channel) {
    auto card = application(channel);
    return dialect::pin_status(card);
}

Result<PinStatus> PivCard::puk_status(Channel& channel) {
    auto card = application(channel);
    return dialect::puk_status(card);
}

Result<void> PivCard::verify_pin(Channel& channel, ByteView pin) {
    auto card = application(channel);
    return dialect::verify_pin(card, pin);
}

Result<void> PivCard::change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) {
    auto card = application(channel);
    return dialect::change_pin(card, old_pin, new_pin);
}

Result<void> PivCard::unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) {
    auto card = application(channel);
    return dialect::unblock_pin(card, puk, new_pin);
}

Result<void> PivCard::change_puk(Channel& channel, ByteView puk, ByteView new_puk) {
    auto card = application(channel);
    return dialect::change_puk(card, puk, new_puk);
}

Result<void> PivCard::typed_pin(Channel& channel, PinTask task, const AskPerson& ask) {
    auto card = application(channel);
    return ask_person(card, task, ask);
}

// The administration key of a PIV card can reset its counters but not set its PIN.
Result<void> PivCard::set_pin_as_admin(Channel&, ByteView) { return fail(card_errc::not_supported); }

} // namespace acredita::card
