// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/terminal_pin_people.hpp"

#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"

#include <iostream>

namespace acredita::cli {

using desk::PinKind;

Result<Secret> TerminalPinPeople::current(const desk::SecretQuestion& question) {
    const bool puk = question.which == PinKind::puk;
    const auto prompt = pin_prompt(program_, puk ? "ask_puk" : "ask_pin", question.tries_left);
    return secret_from(puk ? answers_.puk : answers_.pin, prompt, puk ? "--puk-fd" : "--pin-fd");
}

Result<Secret> TerminalPinPeople::fresh(PinKind which, const Error* refused) {
    if (refused != nullptr) return fail(Error(*refused));
    const std::string key = which == PinKind::puk ? "ask_new_puk" : "ask_new_pin";
    const std::string option = which == PinKind::puk ? "--new-puk-fd" : "--new-pin-fd";
    const int given = which == PinKind::puk ? answers_.new_puk : answers_.new_pin;
    ACREDITA_TRY(first, secret_from(given, program_.say(key) + ": ", option));
    if (given >= 0) return std::move(first);
    ACREDITA_TRY(second, secret_from_terminal(program_.say(key + "_again") + ": ", option));
    if (!first.equals(second.view())) return fail(cli_errc::secrets_differ);
    return std::move(first);
}

Result<bool> TerminalPinPeople::allow_last_try(PinKind) {
    if (answers_.last_try) return true;
    const auto answer =
        answer_from_terminal(program_.say("warn_last_try") + "\n" + program_.say("ask_last_try") + " ", {});
    return answer && *answer == program_.say("yes_word");
}

bool TerminalPinPeople::look_at_reader(PinKind current) {
    const bool puk = current == PinKind::puk;
    if ((puk ? answers_.puk : answers_.pin) >= 0) return false;
    std::cerr << program_.say(puk ? "look_at_reader_puk" : "look_at_reader_change") << std::endl;
    return true;
}

} // namespace acredita::cli
