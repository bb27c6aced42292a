// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/file_pin.hpp"

#include "firmware-profiles/dialect/card_files.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "pcsc/apdu/iso7816.hpp"

namespace acredita::dialect {

namespace {

using card::card_errc;

const profile::Presentation& presentation_of(Application& card) {
    return card.profile().file_rules.presentation;
}

// A counter that is not the status word.
Result<card::PinStatus> ask_counter(Application& card) {
    const auto& how = presentation_of(card);
    auto command = whole_command(how.tries);
    if (command.le == 0) command.le = 256;
    ACREDITA_TRY(answer, card.must(command, Step::query));
    if (answer.data.size() <= how.tries_at) return fail(card_errc::answer_malformed, "tries");
    return card::PinStatus{.tries_left = answer.data[how.tries_at],
                           .tries_total = card.profile().pin.tries,
                           .verified = card.memory().pin};
}

} // namespace

Result<card::PinStatus> file_pin_status(Application& card) {
    const auto& how = presentation_of(card);
    if (!how.tries.empty()) return ask_counter(card);
    auto command = iso7816::verify_status(card.profile().pin.reference);
    command.cla = how.cla;
    ACREDITA_TRY(answer, card.send(command));
    card::PinStatus status{.tries_total = card.profile().pin.tries, .verified = answer.sw.ok()};
    if (answer.sw.has_tries()) status.tries_left = answer.sw.tries();
    if (answer.sw == sw::blocked) status.tries_left = 0;
    if (!status.verified && !status.tries_left) return fail(judge(Step::query, answer.sw));
    // Some tell how many are left even after a PIN was right.
    if (status.verified) card.memory().pin = true;
    status.verified = card.memory().pin;
    return status;
}

Result<void> verify_file_pin(Application& card, ByteView pin) {
    const auto& rules = card.profile().pin;
    const auto& how = presentation_of(card);
    if (!well_formed(pin, rules)) return fail(card_errc::pin_malformed);
    CommandApdu command{.cla = how.cla, .ins = 0x20, .p2 = rules.reference, .mask = Mask::data};
    command.data.reserve(rules.width);
    append(command.data, pin);
    if (how.padded) command.data.resize(rules.width, rules.filler);
    const auto answer = card.must(command, Step::verify);
    card.memory().pin = answer.has_value();
    if (!answer) return fail(answer.error());
    return {};
}

Result<void> change_file_pin(Application& card, ByteView old_pin, ByteView new_pin) {
    if (!presentation_of(card).change) return fail(card_errc::not_supported);
    return change_pin(card, old_pin, new_pin);
}

Result<void> unblock_file_pin(Application& card, ByteView puk, ByteView new_pin) {
    if (!presentation_of(card).change) return fail(card_errc::not_supported);
    return unblock_pin(card, puk, new_pin);
}

} // namespace acredita::dialect
