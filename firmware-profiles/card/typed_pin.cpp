// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/card/typed_pin.hpp"

#include "firmware-profiles/dialect/status.hpp"

#include <algorithm>

namespace acredita::card {

// The commands are those of dialect/pin.cpp (SP 800-73-4 part 2, 3.2.1 to 3.2.3).
Result<void> ask_person(dialect::Application& card, PinTask task, const AskPerson& ask) {
    const auto& pin = card.profile().pin;
    const auto& puk = card.profile().puk;
    const bool unblock = task == PinTask::unblock;
    if (!pin.present || (unblock && (!puk.present || puk.width != pin.width)))
        return fail(card_errc::not_supported);
    // The reader sends its command to whatever application is selected.
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
    card.memory().pin = false;
    ACREDITA_TRY(answer, ask(question));
    if (!answer.ok()) return fail(dialect::judge(step, answer));
    card.memory().pin = task == PinTask::verify;
    return {};
}

} // namespace acredita::card
