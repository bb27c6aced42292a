// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita pin change, pin unblock: a new PIN with the old one, or with the PUK when the old one is blocked
// or forgotten.
#include "pkcs11/client/pin.hpp"

#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using client::cryptoki_errc;
using issue::issue_errc;

struct Options {
    bool with_puk = false;
    int secret_descriptor = -1; // PIN or PUK
    int new_pin_descriptor = -1;
    bool last_try = false;
};

Result<Secret> new_pin(const Program& program, const Options& options) {
    const auto prompt = program.say("ask_new_pin") + ": ";
    ACREDITA_TRY(first, secret_from(options.new_pin_descriptor, prompt, "--new-pin-fd"));
    if (options.new_pin_descriptor >= 0) return std::move(first);
    ACREDITA_TRY(second, secret_from_terminal(program.say("ask_new_pin_again") + ": ", "--new-pin-fd"));
    if (!first.equals(second.view())) return fail(cli_errc::secrets_differ);
    return std::move(first);
}

std::optional<unsigned> tries_of(const client::CardFacts& facts, bool puk) {
    return puk ? facts.puk_tries_left : facts.pin_tries_left;
}

// True if a person has agreed to spend the last try.
Result<bool> may_spend(const Program& program, const client::CardFacts& facts, const Options& options) {
    const auto tries = tries_of(facts, options.with_puk);
    const bool blocked = tries == 0U || (!options.with_puk && facts.pin == client::PinLight::locked);
    if (blocked) {
        if (options.with_puk) return fail(cli_errc::puk_blocked);
        return fail(issue_errc::pin_blocked);
    }
    const bool last = tries == 1U || (!options.with_puk && facts.pin == client::PinLight::last_try);
    if (!last || options.last_try) return last;
    const auto answer =
        answer_from_terminal(program.say("warn_last_try") + "\n" + program.say("ask_last_try") + " ", {});
    if (answer && *answer == program.say("yes_word")) return true;
    return fail(issue_errc::last_try);
}

// The same refusal means other things to a person who typed a PUK.
Error in_words(client::Session& session, const Error& error, bool puk) {
    if (is(error, cryptoki_errc::pin_locked))
        return puk ? fail(cli_errc::puk_blocked).value() : fail(issue_errc::pin_blocked).value();
    if (puk && is(error, cryptoki_errc::action_prohibited)) return fail(cli_errc::pin_not_blocked).value();
    if (!is(error, cryptoki_errc::pin_incorrect)) return error;
    const auto facts = client::card_facts(session, puk ? client::Ask::puk : client::Ask::pin);
    const auto tries = facts ? tries_of(*facts, puk) : std::nullopt;
    const auto left = tries ? std::to_string(*tries) : std::string("?");
    return puk ? fail(cli_errc::puk_wrong, left).value() : fail(issue_errc::pin_wrong, left).value();
}

// The person types on the reader: the old value, the new one, and that again. The last try is spent by a
// check of its own, which the module leaves to programs that have asked; then all tries are there again.
Result<void> change_at_reader(const Program& program, client::Session& session, bool with_puk, bool last) {
    std::cerr << program.say(with_puk ? "look_at_reader_puk" : "look_at_reader_change") << std::endl;
    if (with_puk) return client::unblock_at_reader(session);
    if (last) ACREDITA_CHECK(client::verify_pin_at_reader(session));
    return client::change_pin_at_reader(session);
}

Result<void> change(const Program& program, const Options& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    ACREDITA_TRY(facts, client::card_facts(session, options.with_puk ? client::Ask::puk | client::Ask::pin
                                                                     : client::Ask::pin));
    ACREDITA_TRY(last, may_spend(program, facts, options));
    if (facts.pinpad && options.secret_descriptor < 0) {
        auto done = change_at_reader(program, session, options.with_puk, last);
        if (!done) return fail(in_words(session, done.error(), options.with_puk));
        return {};
    }
    const auto prompt =
        pin_prompt(program, options.with_puk ? "ask_puk" : "ask_pin", tries_of(facts, options.with_puk));
    ACREDITA_TRY(secret,
                 secret_from(options.secret_descriptor, prompt, options.with_puk ? "--puk-fd" : "--pin-fd"));
    ACREDITA_TRY(fresh, new_pin(program, options));
    auto done = options.with_puk ? client::unblock_pin(session, secret, fresh)
                                 : client::change_pin(session, secret, fresh);
    if (!done) return fail(in_words(session, done.error(), options.with_puk));
    return {};
}

int pin_command(const Program& program, const Options& options) {
    desk::guard_process();
    if (const auto done = change(program, options); !done) return program.report(done.error());
    if (program.json())
        print({{"ok", true}});
    else
        std::cout << program.say(options.with_puk ? "pin_unblocked" : "pin_changed") << '\n';
    return 0;
}

void add(CLI::App& group, Program& program, const std::string& name, bool with_puk) {
    auto options = std::make_shared<Options>();
    options->with_puk = with_puk;
    auto& command = program.command(group, name, "pin_" + name,
                                    [&program, options] { return pin_command(program, *options); });
    program.reader_option(command);
    program.module_option(command);
    program
        .option(command, with_puk ? "--puk-fd" : "--pin-fd", options->secret_descriptor,
                with_puk ? "puk_fd" : "pin_fd")
        .type_name("N");
    program.option(command, "--new-pin-fd", options->new_pin_descriptor, "new_pin_fd").type_name("N");
    program.flag(command, "--last-try", options->last_try, "last_try");
}

} // namespace

void add_pin(CLI::App& app, Program& program) {
    auto& group = program.group(app, "pin", "pin");
    add(group, program, "change", false);
    add(group, program, "unblock", true);
}

} // namespace acredita::cli
