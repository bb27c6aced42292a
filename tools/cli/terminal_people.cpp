// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/issue/error.hpp"
#include "tools/p12/errc.hpp"

#include <algorithm>
#include <charconv>

#include <unistd.h>

namespace acredita::cli {

using issue::issue_errc;

std::string describe_certificate(const Program& program, const issue::CertificateSummary& s) {
    std::string text = "      " + s.holder + (s.masked_id.empty() ? "" : "  " + s.masked_id) + "\n";
    text += "      " + s.issuer + "\n";
    text +=
        "      " + s.key + ", " +
        program.say("valid", {{"from", s.not_before.substr(0, 10)}, {"until", s.not_after.substr(0, 10)}});
    if (s.expired) text += "  " + program.say("expired");
    if (s.not_yet_valid) text += "  " + program.say("not_yet_valid");
    return text;
}

Json certificate_json(const issue::CertificateSummary& s) {
    return {{"holder", s.holder},       {"masked_id", s.masked_id},
            {"issuer", s.issuer},       {"serial", s.serial},
            {"sha256", s.fingerprint},  {"not_before", s.not_before},
            {"not_after", s.not_after}, {"key", s.key},
            {"expired", s.expired},     {"not_yet_valid", s.not_yet_valid}};
}

std::string pin_prompt(const Program& program, std::string_view key, std::optional<unsigned> tries) {
    const auto left =
        tries ? program.say("tries_left", {{"tries", std::to_string(*tries)}}) : program.say("tries_unknown");
    return program.say(key) + " (" + left + "): ";
}

bool TerminalPeople::agreed(std::string_view question) {
    const auto answer = answer_from_terminal("  " + program_.say(question) + " ", {});
    return answer && *answer == program_.say("yes_word");
}

Result<Secret> TerminalPeople::passphrase(unsigned wrong_before) {
    screen_.make_room();
    if (answers_.passphrase_descriptor >= 0) {
        if (wrong_before > 0) return fail(p12::p12_errc::wrong_password);
        return secret_from_descriptor(answers_.passphrase_descriptor);
    }
    if (wrong_before > 0) {
        const auto told =
            catalogue::message(fail(p12::p12_errc::wrong_password).value(), program_.language());
        screen_.remark("  ✗ " + told.what + "\n    " + told.means);
        ::sleep(std::min(wrong_before - 1, 5U)); // a person may err; a machine must not hurry
    }
    return secret_from_terminal("  " + program_.say("ask_passphrase") + ": ", "--passphrase-fd");
}

Result<std::size_t> TerminalPeople::choose(std::span<const issue::CertificateSummary> credentials) {
    if (answers_.choice > 0) return answers_.choice - 1;
    std::string list = "  " + program_.say("several", {{"count", std::to_string(credentials.size())}});
    for (std::size_t i = 0; i < credentials.size(); ++i)
        list += "\n  " + std::to_string(i + 1) + ")\n" + describe_certificate(program_, credentials[i]);
    screen_.remark(list);
    const auto answer = answer_from_terminal("  " + program_.say("ask_number") + ": ", "--choose");
    if (!answer) return fail(issue_errc::several_credentials, std::to_string(credentials.size()));
    std::size_t number = 0;
    std::from_chars(answer->data(), answer->data() + answer->size(), number);
    if (number == 0) return fail(issue_errc::several_credentials, std::to_string(credentials.size()));
    return number - 1;
}

Result<void> TerminalPeople::review(const issue::CertificateSummary& chosen) {
    screen_.remark(describe_certificate(program_, chosen));
    return {};
}

Result<bool> TerminalPeople::allow_expired(const issue::CertificateSummary& chosen) {
    screen_.remark("  " + program_.say("warn_expired", {{"date", chosen.not_after.substr(0, 10)}}));
    return answers_.expired || agreed("ask_expired");
}

Result<bool> TerminalPeople::allow_overwrite(const issue::Loss& loss) {
    std::string text = "  " + program_.say("warn_overwrite", {{"place", to_hex({&loss.place, 1})}});
    if (loss.certificate) text += "\n" + describe_certificate(program_, *loss.certificate);
    if (loss.key) text += "\n      " + program_.say("warn_key_lost");
    screen_.remark(text);
    return answers_.overwrite || agreed("ask_overwrite");
}

Result<bool> TerminalPeople::allow_last_try(const issue::PinQuestion& question) {
    // One line was all there is; that it was wrong matters more than that one try is left.
    if (answers_.pin_descriptor >= 0 && question.asked_before > 0) return fail(issue_errc::pin_wrong, "1");
    screen_.remark("  " + program_.say("warn_last_try"));
    return answers_.last_try || agreed("ask_last_try");
}

Result<Secret> TerminalPeople::pin(const issue::PinQuestion& question) {
    screen_.make_room();
    const auto tries = question.tries_left ? std::to_string(*question.tries_left) : std::string("?");
    if (answers_.pin_descriptor >= 0) {
        if (question.asked_before == 0) return secret_from_descriptor(answers_.pin_descriptor);
        if (question.malformed_before) return fail(issue_errc::pin_malformed);
        return fail(issue_errc::pin_wrong, tries);
    }
    if (question.asked_before > 0) {
        const auto why =
            question.malformed_before ? fail(issue_errc::pin_malformed) : fail(issue_errc::pin_wrong, tries);
        const auto told = catalogue::message(why.value(), program_.language());
        screen_.remark("  ✗ " + told.what + "\n    " + told.means);
    }
    return secret_from_terminal("  " + pin_prompt(program_, "ask_pin", question.tries_left), "--pin-fd");
}

void TerminalPeople::look_at_reader(bool again) {
    screen_.remark("  " + program_.say(again ? "look_at_reader_again" : "look_at_reader"));
}

} // namespace acredita::cli
