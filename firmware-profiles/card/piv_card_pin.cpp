// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's PIN and PUK: asked about, presented, changed, and the same by a reader with keys of its own.
#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/status.hpp"

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

// The commands are those of dialect/pin.cpp (SP 800-73-4 part 2, 3.2.1 to 3.2.3).
Result<void> PivCard::typed_pin(Channel& channel, PinTask task, const AskPerson& ask) {
    const auto& pin = profile_.pin;
    const auto& puk = profile_.puk;
    const bool unblock = task == PinTask::unblock;
    if (!pin.present || (unblock && (!puk.present || puk.width != pin.width)))
        return fail(card_errc::not_supported);
    // The reader sends its command to whatever application is selected.
    auto card = application(channel);
    ACREDITA_CHECK(card.make_sure());
    TypedPin question{.instruction = 0x20,
                      .reference = pin.reference,
                      .shortest = static_cast<std::uint8_t>(pin.rules.min),
                      .longest = static_cast<std::uint8_t>(pin.rules.max),
                      .width = static_cast<std::uint8_t>(pin.width),
                      .filler = pin.filler};
    auto step = dialect::Step::verify;
    if (task != PinTask::verify) {
        question.instruction = unblock ? 0x2C : 0x24;
        step = unblock ? dialect::Step::unblock : dialect::Step::change_pin;
    }
    if (unblock) {
        question.shortest = static_cast<std::uint8_t>(std::min(pin.rules.min, puk.rules.min));
        question.longest = static_cast<std::uint8_t>(std::max(pin.rules.max, puk.rules.max));
    }
    memory_.pin = false;
    ACREDITA_TRY(answer, ask(question));
    if (!answer.ok()) return fail(dialect::judge(step, answer));
    memory_.pin = task == PinTask::verify;
    return {};
}

// The administration key of a PIV card can reset its counters but not set its PIN.
Result<void> PivCard::set_pin_as_admin(Channel&, ByteView) { return fail(card_errc::not_supported); }

} // namespace acredita::card
