// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/pin_questions.hpp"

namespace acredita::kiosk {

using Kind = Question::Kind;

Result<Secret> PinQuestions::current(const desk::SecretQuestion& question) {
    Question put{.kind = Kind::current, .which = question.which, .refused = std::exchange(wrong_, {})};
    put.pin.tries_left = question.tries_left;
    put.pin.last_try = question.last_try;
    put.pin.factory = question.factory;
    put.pin.asked_before = question.asked_before;
    return post_.put<Secret>(std::move(put));
}

Result<Secret> PinQuestions::fresh(desk::PinKind which, const Error* refused) {
    Question put{.kind = Kind::fresh, .which = which};
    if (refused != nullptr) put.refused = *refused;
    ACREDITA_TRY(typed, post_.put<Secret>(std::move(put)));
    if (which == desk::PinKind::pin) fresh_pin_ = typed.clone();
    return std::move(typed);
}

Result<bool> PinQuestions::allow_last_try(desk::PinKind which) {
    return post_.put<bool>({.kind = Kind::last_try, .which = which});
}

// The page asks again by showing itself again, with the reason; whoever has enough leaves the visit.
bool PinQuestions::again(const Error& why) {
    wrong_ = why;
    return true;
}

bool PinQuestions::look_at_reader(desk::PinKind current) {
    post_.tell({.kind = Kind::look_at_reader, .which = current});
    return true;
}

} // namespace acredita::kiosk
