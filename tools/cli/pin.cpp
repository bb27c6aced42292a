// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita pin change, pin unblock: a new PIN with the old one, or with the PUK when the old one is blocked
// or forgotten.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/desk/pin_visit.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    bool with_puk = false;
    int secret_descriptor = -1; // PIN or PUK
    int new_pin_descriptor = -1;
    bool last_try = false;
};

// Nobody is asked twice here: what went wrong ends the command, and it can be run again.
class TerminalPinPeople final : public desk::PinPeople {
public:
    TerminalPinPeople(const Program& program, const Options& options)
        : program_(program), options_(options) {}

    [[nodiscard]] Result<Secret> current(const desk::SecretQuestion& question) override {
        const auto prompt =
            pin_prompt(program_, options_.with_puk ? "ask_puk" : "ask_pin", question.tries_left);
        return secret_from(options_.secret_descriptor, prompt, options_.with_puk ? "--puk-fd" : "--pin-fd");
    }
    [[nodiscard]] Result<Secret> fresh(desk::PinKind, const Error* refused) override {
        if (refused != nullptr) return fail(Error(*refused));
        const auto prompt = program_.say("ask_new_pin") + ": ";
        ACREDITA_TRY(first, secret_from(options_.new_pin_descriptor, prompt, "--new-pin-fd"));
        if (options_.new_pin_descriptor >= 0) return std::move(first);
        ACREDITA_TRY(second, secret_from_terminal(program_.say("ask_new_pin_again") + ": ", "--new-pin-fd"));
        if (!first.equals(second.view())) return fail(cli_errc::secrets_differ);
        return std::move(first);
    }
    [[nodiscard]] Result<bool> allow_last_try(desk::PinKind) override {
        if (options_.last_try) return true;
        const auto answer = answer_from_terminal(
            program_.say("warn_last_try") + "\n" + program_.say("ask_last_try") + " ", {});
        return answer && *answer == program_.say("yes_word");
    }
    [[nodiscard]] bool again(const Error&) override { return false; }
    [[nodiscard]] bool look_at_reader(desk::PinKind) override {
        if (options_.secret_descriptor >= 0) return false;
        std::cerr << program_.say(options_.with_puk ? "look_at_reader_puk" : "look_at_reader_change")
                  << std::endl;
        return true;
    }

private:
    const Program& program_;
    const Options& options_;
};

Result<void> change(const Program& program, const Options& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    TerminalPinPeople people(program, options);
    const desk::PinChoice choice{.digits_only = false}; // a terminal has letters, and so may the card
    return options.with_puk ? desk::unblock_pin(session, people, choice)
                            : desk::change_pin(session, people, choice);
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
